"""The parser of server-sent events (HTML standard, 9.2)."""

import unittest

import context  # noqa: F401
from netpilot_home.sse import LONGEST_LINE, EventParser, Message

STREAM = (
    "\ufeffretry: 1000\nevent: ready\nid: 7\ndata: {\"resumed\":false}\n\n"
    ":\n\n"
    "id: 8\ndata: {\"name\":\"Zoë’s 📱\"}\n\n"
    "data:first\ndata: second\ndata\n\n"
    "id\ndata: no id any more\n\n"
    "event: nothing\n\n"
    "id: 9\x00\nunknown: field\n: a comment\ndata:  two spaces\n\n"
    "data: never ended\n"
).encode()

MESSAGES = [
    Message("ready", '{"resumed":false}', "7"),
    Message("message", '{"name":"Zoë’s 📱"}', "8"),
    Message("message", "first\nsecond\n", "8"),
    Message("message", "no id any more", ""),
    Message("message", " two spaces", ""),
]


def parse(*chunks: bytes) -> list[Message]:
    parser = EventParser()
    return [message for chunk in chunks for message in parser.feed(chunk)]


class Parser(unittest.TestCase):
    def test_reads_fields_comments_ids_and_several_lines_of_data(self) -> None:
        self.assertEqual(parse(STREAM), MESSAGES)

    def test_reads_the_same_wherever_the_pieces_are_cut(self) -> None:
        for place in range(len(STREAM) + 1):
            self.assertEqual(parse(STREAM[:place], STREAM[place:]), MESSAGES, place)
        self.assertEqual(parse(*(bytes([byte]) for byte in STREAM)), MESSAGES)

    def test_takes_every_end_of_a_line_wherever_it_is_cut(self) -> None:
        for end in (b"\r\n", b"\r", b"\n"):
            stream = STREAM.replace(b"\n", end)
            for place in range(len(stream) + 1):
                self.assertEqual(parse(stream[:place], stream[place:]), MESSAGES, (end, place))

    def test_remembers_the_retry_time_and_no_nonsense(self) -> None:
        parser = EventParser()
        parser.feed(b"retry: 1500\nretry: soon\nretry: \xc2\xb2\n")
        self.assertEqual(parser.retry_ms, 1500)

    def test_replaces_what_is_not_utf8(self) -> None:
        self.assertEqual(parse(b"data: \xff!\n\n"), [Message("message", "\ufffd!", "")])

    def test_refuses_a_line_without_end(self) -> None:
        parser = EventParser()
        with self.assertRaises(ValueError):
            for _ in range(3):
                parser.feed(b"x" * (LONGEST_LINE // 2))


if __name__ == "__main__":
    unittest.main()
