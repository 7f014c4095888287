"""Against a real NetPilot with a simulated router, without Home Assistant."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
import unittest

import context  # noqa: F401
from home_control import CONTROL, PATIENCE, URL, Controlled
from netpilot_home import commands
from netpilot_home.api import Api, Forbidden, InvalidAuth, NetPilotError
from netpilot_home.follower import Follower
from netpilot_home.login import LoginError, check_login
from netpilot_home.model import Group, minutes_left

class Home:
    """A follower, and what it told."""

    def __init__(self, api: Api, grace_seconds: float) -> None:
        self.api = api
        self.events: list[dict[str, Any]] = []
        self.lost: list[NetPilotError] = []
        self._changed = asyncio.Event()
        self.follower = Follower(api, self._changed.set, self.events.append, self._lose, grace_seconds)
        self.state = self.follower.state

    def _lose(self, error: NetPilotError) -> None:
        self.lost.append(error)
        self._changed.set()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Resolves once it holds; looked at after each change. Of a device that has not come yet, nothing does."""

        def holds_now() -> bool:
            try:
                return holds()
            except StopIteration:
                return False

        async with asyncio.timeout(PATIENCE):
            while not holds_now():
                self._changed.clear()
                await self._changed.wait()

    def device(self, name: str) -> Group:
        """By its host name."""
        return next(g for g in self.state.groups().values() if any(d["hostname"] == name for d in g.members))

    def internet(self, name: str) -> bool | None:
        """As it is shown."""
        return self.state.device_internet(self.device(name))


@unittest.skipUnless(URL, "home-assistant.test.ts starts these")
class Live(Controlled):
    @asynccontextmanager
    async def following(self, grace_seconds: float = PATIENCE) -> AsyncIterator[Home]:
        [home] = await check_login(self.api())
        follower = Home(self.api(home_id=home.id), grace_seconds)
        await follower.follower.start()
        try:
            yield follower
        finally:
            await follower.follower.stop()

    # The login.

    async def refused(self, api: Api) -> str:
        with self.assertRaises(LoginError) as raised:
            await check_login(api)
        return raised.exception.key

    async def test_login_finds_the_home(self) -> None:
        [home] = await check_login(self.api())
        self.assertEqual(home.name, (await self.api().get(f"/homes/{home.id}"))["name"])

    async def test_login_says_what_is_wrong(self) -> None:
        read_only = (await self.control("token", scopes=["read"]))["token"]
        one_router = (await self.control("token", is_for_router=True))["token"]
        self.assertEqual(await self.refused(self.api(read_only)), "missing_scope")
        self.assertEqual(await self.refused(self.api(one_router)), "one_router_only")
        for wrong in ("", "np_wrong", self.token[:-1], self.token.swapcase()):
            self.assertEqual(await self.refused(self.api(wrong)), "invalid_auth", wrong)
        self.assertEqual(await self.refused(self.api(url="http://127.0.0.1:1")), "cannot_connect")
        # Something else, which answers 500 and no problem.
        self.assertEqual(await self.refused(self.api(url=CONTROL)), "wrong_url")

    # What is shown.

    async def test_everything_is_read_once(self) -> None:
        async with self.following() as home:
            state = home.state
            self.assertTrue(state.is_connected)
            self.assertEqual([state.has_internet(key) in (True, None) for key in state.routers], [True])
            self.assertGreater(len(state.groups()), 10)
            self.assertTrue(all(state.is_known(group) for group in state.groups().values()))
            self.assertEqual(home.follower.snapshots, 1)

    async def test_usage_comes_with_the_stream(self) -> None:
        # The first sample of a router that was just started.
        await self.control("pass", seconds=70)
        path = f"/homes/{(await check_login(self.api()))[0].id}/usage"
        async with asyncio.timeout(PATIENCE):
            while not (await self.api().get(path, period="today"))["devices"]:
                await asyncio.sleep(0.05)
        async with self.following() as home:
            await home.until(lambda: bool(home.state.used))
            self.assertGreater(max(map(home.state.bytes_of_device, home.state.groups().values())), 0)

    async def test_a_switched_off_device_is_off_once_the_router_has_confirmed(self) -> None:
        await self.put("switched", 101)
        async with self.following() as home:
            await home.until(lambda: home.internet("switched") is True)
            await self.control("hold")
            await commands.block_device(home.api, home.device("switched"))
            await home.until(lambda: home.device("switched").main["is_blocked"])
            await home.until(lambda: home.state.is_device_pending(home.device("switched")))
            self.assertIs(home.internet("switched"), True)
            await self.control("release")
            await home.until(lambda: home.internet("switched") is False)
            # Twice is once.
            await commands.block_device(home.api, home.device("switched"))
            await commands.allow_device(home.api, home.device("switched"))
            await home.until(lambda: home.internet("switched") is True)
            await commands.allow_device(home.api, home.device("switched"))
            self.assertEqual(home.follower.snapshots, 1)

    async def test_pauses_and_more_time(self) -> None:
        await self.put("paused", 102)
        async with self.following() as home:
            await home.until(lambda: home.internet("paused") is True)
            await commands.pause(home.api, 30, group=home.device("paused"))
            await home.until(lambda: home.internet("paused") is False)
            access = home.device("paused").main["access"]
            self.assertEqual(access["because"]["kind"], "pause")
            self.assertIn(minutes_left(access, home.api.now()), (29, 30, 31))
            # It steps aside for so long, and then goes on: it ends 30 minutes after it began.
            await commands.add_time(home.api, 20, group=home.device("paused"))
            await home.until(lambda: home.internet("paused") is True)
            self.assertIn(minutes_left(home.device("paused").main["access"], home.api.now()), (20, 21))
            await commands.add_time(home.api, 20, group=home.device("paused"))
            await home.until(lambda: home.device("paused").main["access"]["next"] is None or
                             home.device("paused").main["access"]["next"]["access"] != "block")
            await commands.block_device(home.api, home.device("paused"))
            with self.assertRaises(commands.StillBlocked) as raised:
                await commands.add_time(home.api, 20, group=home.device("paused"))
            self.assertEqual(raised.exception.kind, "block")

    async def test_a_person_is_paused_and_what_else_blocks_them_is_said(self) -> None:
        manager = self.api((await self.control("token", scopes=["manage", "control"]))["token"])
        await self.put("tims", 103)
        async with self.following() as home:
            path = f"/homes/{home.api.home_id}"
            await manager.patch(path, {"timezone": "Europe/Berlin"})
            tim = (await manager.post(f"{path}/people", {"name": "Tim"}))["id"]
            await home.until(lambda: tim in home.state.people and "tims" in str(home.state.devices))
            device = home.device("tims").main
            await manager.patch(f"/routers/{device['router_id']}/devices/{device['id']}", {"person_id": tim})
            await home.until(lambda: home.device("tims").person_id == tim)
            self.assertIn(home.device("tims").key, home.state.tracked(None))
            await home.until(lambda: home.state.person_internet(tim) is True)
            await commands.block_person(home.api, tim)
            await home.until(lambda: home.state.person_internet(tim) is False and home.internet("tims") is False)
            await commands.allow_person(home.api, tim)
            await home.until(lambda: home.state.person_internet(tim) is True and home.internet("tims") is True)
            rule = {"kind": "schedule", "name": "Bedtime", "person_id": tim, "access": "block"}
            await manager.post(f"{path}/rules", rule)
            await home.until(lambda: home.state.person_internet(tim) is False)
            with self.assertRaises(commands.StillBlocked) as raised:
                await commands.allow_person(home.api, tim)
            self.assertEqual((raised.exception.kind, raised.exception.name), ("schedule", "Bedtime"))
            await commands.add_time(home.api, 30, person=home.state.people[tim])
            await home.until(lambda: home.state.person_internet(tim) is True)
            self.assertIn(minutes_left(home.state.people[tim]["access"], home.api.now()), (30, 31))
            await manager.delete(f"{path}/people/{tim}?confirm=true")
            await home.until(lambda: tim not in home.state.people)

    async def test_a_new_device_is_an_event_and_then_it_is_there(self) -> None:
        async with self.following() as home:
            await self.put("visitor", 104)
            await home.until(lambda: "visitor" in str(home.state.devices))
            found = [event for event in home.events if event["type"] == "device.discovered"]
            self.assertEqual([event["data"]["hostname"] for event in found], ["visitor"])
            self.assertTrue(home.state.is_online(home.device("visitor")))
            await self.put("visitor", 104, online=False)
            await home.until(lambda: not home.state.is_online(home.device("visitor")))
            self.assertTrue(home.state.is_known(home.device("visitor")))

    async def test_a_deleted_device_is_gone(self) -> None:
        await self.put("short-lived", 105)
        manager = self.api((await self.control("token", scopes=["manage"]))["token"])
        async with self.following() as home:
            await home.until(lambda: "short-lived" in str(home.state.devices))
            await self.put("short-lived", 105, online=False)
            await home.until(lambda: not home.state.is_online(home.device("short-lived")))
            device = home.device("short-lived").main
            await manager.delete(f"/routers/{device['router_id']}/devices/{device['id']}")
            await home.until(lambda: device["id"] not in home.state.devices)

    # What breaks.

    async def test_the_stream_resumes_after_a_restart_of_the_service(self) -> None:
        await self.put("survivor", 106)
        async with self.following() as home:
            await home.until(lambda: "survivor" in str(home.state.devices))
            await self.control("stop")
            position = home.follower.position
            await self.control("start")
            await commands.block_device(self.api(home_id=home.api.home_id), home.device("survivor"))
            await home.until(lambda: home.internet("survivor") is False)
            self.assertEqual(home.follower.snapshots, 1)
            self.assertGreater(home.follower.position or 0, position or 0)
            numbers = [event["number"] for event in home.events]
            self.assertEqual(numbers, sorted(set(numbers)))
            self.assertTrue(home.state.is_connected)
            self.assertEqual(home.lost, [])

    async def test_everything_is_read_again_after_a_gap(self) -> None:
        async with self.following() as home:
            await home.follower.stop()
            # No event has this number: as after a backup was restored.
            home.follower.position = 10**9
            await home.follower.start()
            self.assertEqual(home.follower.snapshots, 2)

    async def test_nothing_is_known_while_the_stream_is_gone_for_longer(self) -> None:
        async with self.following(grace_seconds=0.01) as home:
            await self.control("stop")
            try:
                await home.until(lambda: not home.state.is_connected)
                group = next(iter(home.state.groups().values()))
                self.assertFalse(home.state.is_known(group) or home.state.is_device_known(group))
            finally:
                await self.control("start")
            await home.until(lambda: home.state.is_connected)

    async def test_nobody_knows_where_devices_are_while_the_router_is_away(self) -> None:
        await self.put("somewhere", 107)
        async with self.following() as home:
            await home.until(lambda: "somewhere" in str(home.state.devices))
            await self.control("router-away")
            try:
                await home.until(lambda: not home.state.is_known(home.device("somewhere")))
                self.assertFalse(home.state.is_device_known(home.device("somewhere")))
                self.assertTrue(home.state.is_connected)
            finally:
                await self.control("router-back")
            await home.until(lambda: home.state.is_known(home.device("somewhere")))

    async def test_a_revoked_token_ends_it_and_says_so(self) -> None:
        async with self.following() as home:
            await self.control("end-tokens")
            await home.until(lambda: bool(home.lost))
            self.assertIsInstance(home.lost[0], InvalidAuth)
            self.assertFalse(home.state.is_connected)
            with self.assertRaises(InvalidAuth):
                await home.follower.start()

    async def test_what_the_token_may_not_do_is_refused(self) -> None:
        with self.assertRaises(Forbidden):
            await self.api().post("/homes", {"name": "another"})


if __name__ == "__main__":
    unittest.main()
