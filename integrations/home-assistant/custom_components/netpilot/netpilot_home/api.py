"""NetPilot's HTTP API: asks it, follows its event stream, and says in a few classes what went wrong."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
import json
from typing import Any
from urllib.parse import quote, urlsplit
import uuid

import aiohttp

from .sse import EventParser, Message

LONGEST_ANSWER = aiohttp.ClientTimeout(total=30)
# The server sends at least a comment every 20 seconds: a stream that is silent for longer is dead.
STREAM = aiohttp.ClientTimeout(total=None, sock_connect=30, sock_read=60)
MOST_DEVICES = 10_000


class NetPilotError(Exception):
    """Everything that can go wrong between here and NetPilot."""


class CannotConnect(NetPilotError):
    """Nobody answers at this address, or not in time; or NetPilot itself is not ready."""


class WrongUrl(NetPilotError):
    """Something answers at this address, and it is not NetPilot."""


class InvalidAuth(NetPilotError):
    """The token is not valid: mistyped, ended or expired."""


class Forbidden(NetPilotError):
    """The token, or its owner's role in the home, does not allow this."""


class NotFound(NetPilotError):
    """It does not exist, or is somebody else's."""


class Refused(NetPilotError):
    """NetPilot does not do this, and says why."""


def origin_of(url: str) -> str:
    """The part of an address that NetPilot needs, such as https://netpilot.example. Raises WrongUrl."""
    text = url.strip()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise WrongUrl(f"{text} is not an address") from error
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        raise WrongUrl(f"{text} does not begin with http:// or https:// and the name of a host")
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}" + ("" if port is None else f":{port}")


class Api:
    """One NetPilot, asked with one token, about one home once it is chosen."""

    def __init__(
        self, session: aiohttp.ClientSession, url: str, token: str, home_id: str | None = None
    ) -> None:
        self.url = origin_of(url)
        self.home_id = home_id
        # The server's clock minus this machine's.
        self.clock_offset = timedelta(0)
        self._session = session
        self._token = token.strip()

    def now(self) -> datetime:
        """What time it is for the server."""
        return datetime.now(UTC) + self.clock_offset

    async def get(self, path: str, **query: str | int) -> Any:
        """What a GET answers."""
        return await self._ask("GET", path, query=query)

    async def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """What a POST answers. A key of its own keeps it from being done twice."""
        return await self._ask("POST", path, body=body, headers={"Idempotency-Key": str(uuid.uuid4())})

    async def patch(self, path: str, body: dict[str, Any]) -> Any:
        """What a PATCH answers."""
        return await self._ask("PATCH", path, body=body)

    async def delete(self, path: str) -> Any:
        """What a DELETE answers."""
        return await self._ask("DELETE", path)

    async def pages(self, path: str, **query: str | int) -> list[dict[str, Any]]:
        """All items of a list that comes in pages."""
        items: list[dict[str, Any]] = []
        cursor: dict[str, str] = {}
        while True:
            page = await self.get(path, **query, **cursor)
            items.extend(page["items"])
            if page["next_cursor"] is None:
                return items
            cursor = {"cursor": page["next_cursor"]}

    @asynccontextmanager
    async def events(self, after: int | None) -> AsyncIterator[AsyncIterator[Message]]:
        """
        The event stream, after a number that was received; from now on without one. It ends if the server ends it. What the
        home used today comes with it.
        """
        headers = {"Accept": "text/event-stream"}
        if after is not None:
            headers["Last-Event-ID"] = str(after)
        query = {"usage": "true"}
        request = self._request("GET", "/events", headers=headers, params=query, timeout=STREAM)
        try:
            response = await request
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise CannotConnect(f"{self.url} does not answer: {error!r}") from error
        async with response:
            await self._require_success(response)
            if response.content_type != "text/event-stream":
                raise WrongUrl(f"{self.url} answers, but not with NetPilot's event stream")
            yield _messages(response)

    async def _ask(
        self,
        method: str,
        path: str,
        query: dict[str, str | int] | None = None,
        body: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Any:
        try:
            async with self._request(
                method, path, headers=headers or {}, params=query, json=body, timeout=LONGEST_ANSWER
            ) as response:
                await self._require_success(response)
                if response.status == 204:
                    return None
                self._set_clock(response)
                return await _json_of(response, self.url)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise CannotConnect(f"{self.url} does not answer: {error!r}") from error

    def _request(self, method: str, path: str, headers: dict[str, str], **options: Any) -> Any:
        given = {"Authorization": f"Bearer {self._token}", **headers}
        if self.home_id is not None:
            given["NetPilot-Home"] = self.home_id
        # No redirects: the token is for this address only.
        return self._session.request(
            method,
            f"{self.url}/api/v1{path}",
            headers=given,
            allow_redirects=False,
            # Without a body there is no type of it.
            skip_auto_headers=("Content-Type",) if options.get("json") is None else (),
            **options,
        )

    def _set_clock(self, response: aiohttp.ClientResponse) -> None:
        try:
            at = parsedate_to_datetime(response.headers["Date"])
        except (KeyError, ValueError):
            return
        # The header has whole seconds.
        offset = at + timedelta(milliseconds=500) - datetime.now(UTC)
        self.clock_offset = offset if abs(offset) > timedelta(seconds=2) else timedelta(0)

    async def _require_success(self, response: aiohttp.ClientResponse) -> None:
        """Raises what the status and the problem (RFC 9457) say."""
        status = response.status
        if status < 300:
            return
        if status in (502, 503, 504):
            raise CannotConnect(f"{self.url} is not ready (status {status})")
        if response.content_type != "application/problem+json":
            raise WrongUrl(f"{self.url} answers with status {status}, and not as NetPilot does")
        problem = await _json_of(response, self.url)
        detail = str(problem.get("detail") or problem.get("title") or status)
        if status == 401:
            raise InvalidAuth(detail)
        if status == 403:
            raise Forbidden(detail)
        if status == 404:
            raise NotFound(detail)
        if status == 429 or status >= 500:
            raise CannotConnect(detail)
        raise Refused(detail)


async def _json_of(response: aiohttp.ClientResponse, url: str) -> Any:
    try:
        return json.loads(await response.text())
    except ValueError as error:
        raise WrongUrl(f"{url} answers, but not as NetPilot does") from error


async def _messages(response: aiohttp.ClientResponse) -> AsyncIterator[Message]:
    parser = EventParser()
    try:
        async for chunk in response.content.iter_any():
            for message in parser.feed(chunk):
                yield message
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        raise CannotConnect(f"the event stream broke off: {error!r}") from error


def segment(text: str) -> str:
    """A part of a path."""
    return quote(text, safe="")
