"""Reads a stream of server-sent events (HTML standard, 9.2), in whatever pieces it comes."""

import codecs
from dataclasses import dataclass

LONGEST_LINE = 1_000_000


@dataclass(frozen=True)
class Message:
    """A message: its name, its data, and the id of the last event that the stream has named."""

    event: str
    data: str
    last_event_id: str


class EventParser:
    """Takes bytes, gives whole messages. What is not ended when the connection ends is dropped, as the standard says."""

    def __init__(self) -> None:
        self.retry_ms: int | None = None
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        self._is_first = True
        self._after_return = False
        self._rest: list[str] = []
        self._length = 0
        self._event = ""
        self._data: list[str] = []
        self._id = ""

    def feed(self, chunk: bytes) -> list[Message]:
        """The messages that end in this piece. Raises ValueError for a line longer than any that NetPilot sends."""
        messages = []
        for line in self._lines(self._decoder.decode(chunk)):
            message = self._take(line)
            if message is not None:
                messages.append(message)
        return messages

    def _lines(self, text: str) -> list[str]:
        """The lines that end in this text: by CR LF, LF or CR. The two halves of CR LF can come in two pieces."""
        if self._is_first and text:
            self._is_first = False
            text = text.removeprefix("\ufeff")
        if self._after_return and text:
            self._after_return = False
            text = text.removeprefix("\n")
        self._after_return = self._after_return or text.endswith("\r")
        *ended, rest = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        lines = []
        for part in ended:
            lines.append("".join((*self._rest, part)))
            self._rest.clear()
            self._length = 0
        if rest:
            self._rest.append(rest)
            self._length += len(rest)
        if self._length > LONGEST_LINE:
            raise ValueError("a line of the event stream has no end")
        return lines

    def _take(self, line: str) -> Message | None:
        if line == "":
            return self._dispatch()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
        elif name == "event":
            self._event = value
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isascii() and value.isdigit():
            self.retry_ms = int(value)
        return None

    def _dispatch(self) -> Message | None:
        event, data = self._event or "message", self._data
        self._event, self._data = "", []
        return Message(event, "\n".join(data), self._id) if data else None
