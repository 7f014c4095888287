"""Follows one home: reads everything once, then what its event stream says has changed. Nothing is polled."""

import asyncio
from collections.abc import AsyncIterator, Callable
import contextlib
from datetime import timedelta
import json
import logging
import random

from .api import MOST_DEVICES, Api, CannotConnect, Forbidden, InvalidAuth, NetPilotError, NotFound, segment
from .model import Json, State
from .sse import Message
from .stale import ACCESS, DEVICES, EVERYTHING, HOME, PEOPLE, POLICIES, ROUTERS, Part, simplify, stale_after

LOGGER = logging.getLogger(__name__)

# Events of one transaction come together, and a family that comes home comes within seconds.
PAUSE_SECONDS = 0.2
SHORTEST_WAIT, LONGEST_WAIT = 1.0, 60.0
# So long the stream may be gone, as while the service is updated, until what is known counts as unknown.
GRACE_SECONDS = 30.0
# What changes by time is read so long after its instant: routers without a clock of their own are told then.
SETTLING = timedelta(seconds=2)
# At least so long after what was read last: clocks differ.
SHORTEST_TIMER = 5.0


def back_off(failures: int, spread: Callable[[], float] = random.random) -> float:
    """Seconds to wait after so many failures in a row: twice as long each time, up to a minute, less up to a half."""
    longest: float = min(LONGEST_WAIT, SHORTEST_WAIT * 2 ** min(failures - 1, 10))
    return longest * (1 - spread() / 2)


class Follower:
    """
    `state` is the home as far as it is known; `on_change` is called after each change of it, `on_event` with each event
    as it comes, `on_lost` once if the token no longer opens the home: nothing is tried any more then.
    """

    def __init__(
        self,
        api: Api,
        on_change: Callable[[], None],
        on_event: Callable[[Json], None] = lambda event: None,
        on_lost: Callable[[NetPilotError], None] = lambda error: None,
        grace_seconds: float = GRACE_SECONDS,
    ) -> None:
        self.api = api
        self.state = State()
        # Of the event that came last; what is asked for after a break.
        self.position: int | None = None
        # How often everything was read: once, and after each gap.
        self.snapshots = 0
        self._on_change = on_change
        self._on_event = on_event
        self._on_lost = on_lost
        self._grace_seconds = grace_seconds
        self._stale: set[Part] = set()
        # Whether the present connection has been of use.
        self._is_following = False
        self._wake = asyncio.Event()
        self._grace: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Returns once everything was read, and then goes on until `stop`. Raises what went wrong at the first try."""
        loaded: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._task = asyncio.create_task(self._run(loaded), name="netpilot follower")
        try:
            await loaded
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Ends the stream."""
        self._end_grace()
        task, self._task = self._task, None
        if task is None:
            return
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    async def _run(self, loaded: asyncio.Future[None]) -> None:
        failures = 0
        while True:
            self._is_following = False
            try:
                await self._follow(loaded)
            except asyncio.CancelledError:
                raise
            except Exception as error:  # noqa: BLE001 - whatever it is, what is shown must not stand still for ever
                failures = 1 if self._is_following else failures + 1
                if not loaded.done():
                    loaded.set_exception(error)
                    return
                if isinstance(error, (InvalidAuth, Forbidden, NotFound)):
                    self._disconnect()
                    self._on_lost(error)
                    return
                if not isinstance(error, NetPilotError):
                    LOGGER.exception("Unexpected error while following %s", self.api.url)
                self._begin_grace()
                wait = back_off(failures)
                LOGGER.debug("Following %s again in %.1f s: %s", self.api.url, wait, error)
                await asyncio.sleep(wait)

    async def _follow(self, loaded: asyncio.Future[None]) -> None:
        """One connection: the stream, and what is read because of it. Always raises."""
        async with self.api.events(self.position) as messages:
            reader = asyncio.create_task(self._read(messages))
            refresher = asyncio.create_task(self._refresh_for_ever(loaded))
            try:
                done, _ = await asyncio.wait((reader, refresher), return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
                raise CannotConnect(f"{self.api.url} ended the event stream")
            finally:
                for task in (reader, refresher):
                    task.cancel()
                await asyncio.gather(reader, refresher, return_exceptions=True)

    async def _read(self, messages: AsyncIterator[Message]) -> None:
        async for message in messages:
            self._take(message)

    def _take(self, message: Message) -> None:
        data = json.loads(message.data)
        if message.event == "usage":
            self.state.take_usage(data)
            self._on_change()
            return
        if message.last_event_id:
            self.position = int(message.last_event_id)
        if message.event == "ready":
            # Not resumed: what happened in between is not known.
            self._mark(set() if data["resumed"] and self.state.is_loaded else set(EVERYTHING), wakes=True)
        elif message.event == "message":
            self._mark(stale_after(data))
            self._on_event(data)

    def _mark(self, parts: set[Part], wakes: bool = False) -> None:
        self._stale |= parts
        if parts or wakes:
            self._wake.set()

    async def _refresh_for_ever(self, loaded: asyncio.Future[None]) -> None:
        while True:
            try:
                async with asyncio.timeout(self._until_next_change()):
                    await self._wake.wait()
            except TimeoutError:
                self._stale |= ACCESS
            await asyncio.sleep(PAUSE_SECONDS)
            self._wake.clear()
            parts, self._stale = self._stale, set()
            try:
                await self._refresh(simplify(parts))
            except BaseException:
                # To be read once there is a connection again.
                self._stale |= parts
                raise
            self._is_following = True
            self._end_grace()
            self.state.is_connected = self.state.is_loaded
            self._on_change()
            if self.state.is_loaded and not loaded.done():
                loaded.set_result(None)

    def _until_next_change(self) -> float | None:
        at = self.state.next_change()
        if at is None:
            return None
        return max((at + SETTLING - self.api.now()).total_seconds(), SHORTEST_TIMER)

    async def _refresh(self, parts: set[Part]) -> None:
        """Reads what is stale. Devices and people before what routers have confirmed (see State.confirm)."""
        api, state, home_id = self.api, self.state, self.api.home_id
        if HOME in parts:
            state.home = await api.get(f"/homes/{home_id}")
        if ROUTERS in parts:
            state.take_routers((await api.get("/routers"))["items"], str(home_id))
        if DEVICES in parts:
            state.take_devices(await api.pages("/devices", limit=MOST_DEVICES))
        for part in parts:
            if not isinstance(part, str):
                state.take_device(part[2], await self._read_device(part[1], part[2]))
        if PEOPLE in parts:
            state.take_people((await api.get(f"/homes/{home_id}/people"))["items"])
        if POLICIES in parts:
            for router_id in list(state.routers):
                await self._read_delivery(router_id)
        if EVERYTHING <= parts:
            state.is_loaded = True
            self.snapshots += 1
        state.confirm(api.now())

    async def _read_device(self, router_id: str, device_id: str) -> Json | None:
        try:
            device = await self.api.get(f"/routers/{segment(router_id)}/devices/{segment(device_id)}")
        except NotFound:
            return None
        return device if isinstance(device, dict) else None

    async def _read_delivery(self, router_id: str) -> None:
        try:
            policy = await self.api.get(f"/routers/{segment(router_id)}/policy")
        except NotFound:
            return
        self.state.take_delivery(router_id, policy["delivery"])

    def _begin_grace(self) -> None:
        if self._grace is None and self.state.is_connected:
            self._grace = asyncio.get_running_loop().call_later(self._grace_seconds, self._disconnect)

    def _end_grace(self) -> None:
        if self._grace is not None:
            self._grace.cancel()
            self._grace = None

    def _disconnect(self) -> None:
        self._end_grace()
        self.state.is_connected = False
        self._on_change()
