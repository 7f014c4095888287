"""What follows from what the API says: no clock, no network."""

from datetime import UTC, datetime, timedelta
import unittest
from typing import Any

import context  # noqa: F401
from netpilot_home.api import WrongUrl, origin_of
from netpilot_home.commands import end_of_internet
from netpilot_home.follower import back_off
from netpilot_home.model import State, group_devices, minutes_left
from netpilot_home.stale import ACCESS, DEVICES, EVERYTHING, FEW, PEOPLE, POLICIES, ROUTERS, simplify, stale_after

NOW = datetime(2026, 11, 27, 20, 0, tzinfo=UTC)


def access(what: str = "allow", until: datetime | None = None, then: str | None = None, is_armed: bool = True) -> Any:
    coming = None if then is None or until is None else {"at": until.isoformat(), "access": then, "is_armed": is_armed}
    return {"access": what, "until": until and until.isoformat(), "next": coming, "because": {"kind": "none", "name": None}}


def device(key: str, router: str = "r1", **fields: Any) -> Any:
    return {
        "id": key,
        "router_id": router,
        "macs": [f"mac-{key}"],
        "mac": f"mac-{key}",
        "ip": "192.0.2.1",
        "hostname": key,
        "device_name": None,
        "name_guess": None,
        "person_id": None,
        "first_seen": f"2026-01-01T00:00:0{key[-1]}Z",
        "last_seen": "2026-01-01T00:00:00Z",
        "is_online": True,
        "unknown_since": None,
        "is_router": False,
        "is_blocked": False,
        "access": access(),
        **fields,
    }


def router(key: str = "r1", **fields: Any) -> Any:
    return {
        "router_id": key,
        "home_id": "home",
        "is_active": True,
        "is_connected": True,
        "clock": "trusted",
        "health": {"state": "ok"},
        **fields,
    }


def delivery(revision: int, state: str = "applied", **fields: Any) -> Any:
    return {"state": state, "applied_revision": revision, **fields}


def state_of(*devices: Any, routers: tuple[Any, ...] = (), deliveries: dict[str, Any] | None = None) -> State:
    state = State(is_connected=True)
    state.take_routers(routers or (router(),), "home")
    state.take_devices(devices)
    for key, value in (deliveries or {"r1": delivery(1)}).items():
        state.take_delivery(key, value)
    state.confirm(NOW)
    return state


def internet(state: State, key: str = "d1") -> bool | None:
    return state.device_internet(state.groups()[key])


class Internet(unittest.TestCase):
    def test_follows_what_the_router_has_confirmed_and_nothing_else(self) -> None:
        state = state_of(device("d1"))
        self.assertIs(internet(state), True)
        state.take_devices([device("d1", access=access("block"))])
        state.take_delivery("r1", delivery(1, "pending", reason_code="unconfirmed"))
        state.confirm(NOW)
        self.assertIs(internet(state), True)
        self.assertTrue(state.is_device_pending(state.groups()["d1"]))
        state.take_delivery("r1", delivery(2))
        state.confirm(NOW)
        self.assertIs(internet(state), False)

    def test_is_unknown_at_first_while_the_router_has_not_confirmed(self) -> None:
        state = state_of(device("d1"), deliveries={"r1": delivery(1, "pending")})
        self.assertIsNone(internet(state))

    def test_is_not_said_to_be_off_if_the_router_refuses_it(self) -> None:
        state = state_of(device("d1"))
        state.take_devices([device("d1", access=access("block"))])
        state.take_delivery("r1", delivery(2, "partial", refused=[{"device_id": "d1"}]))
        state.confirm(NOW)
        self.assertIs(internet(state), True)

    def test_of_a_limit_is_on(self) -> None:
        self.assertIs(internet(state_of(device("d1", access=access("limit")))), True)

    def test_ends_by_time_if_the_router_had_confirmed_that_it_does_it(self) -> None:
        bedtime = NOW + timedelta(minutes=5)
        for is_armed, clock, expected in ((True, "trusted", False), (False, "trusted", True), (True, "held", True)):
            state = state_of(
                device("d1", access=access("allow", bedtime, "block", is_armed)), routers=(router(clock=clock),)
            )
            night = access("block", bedtime + timedelta(hours=9), "allow", is_armed)
            state.take_devices([device("d1", access=night)])
            # However often it is read.
            for seconds in (1, 2):
                state.confirm(bedtime + timedelta(seconds=seconds))
                self.assertIs(internet(state), expected, (is_armed, clock))
            # A router that is told at each switch confirms that.
            state.take_routers([router()], "home")
            state.take_delivery("r1", delivery(2))
            state.confirm(bedtime + timedelta(seconds=3))
            self.assertIs(internet(state), False)

    def test_that_stays_the_same_needs_no_newer_policy_to_change_later(self) -> None:
        soon = NOW + timedelta(minutes=5)
        state = state_of(device("d1", access=access("allow", soon, "limit", False)))
        for minutes, what in ((6, access("allow")), (7, access("block"))):
            state.take_devices([device("d1", access=what)])
            state.confirm(NOW + timedelta(minutes=minutes))
        self.assertIs(internet(state), False)

    def test_is_off_only_once_each_router_that_knows_the_device_has_confirmed(self) -> None:
        both = [device(key, f"r{key[-1]}", macs=["same"], access=access("block")) for key in ("d1", "d2")]
        routers = (router("r1"), router("r2"))
        state = state_of(*both, routers=routers, deliveries={"r1": delivery(1), "r2": delivery(1, "pending")})
        self.assertEqual(list(state.groups()), ["d1"])
        self.assertIsNone(internet(state))
        state.take_delivery("r2", delivery(1))
        state.confirm(NOW)
        self.assertIs(internet(state), False)

    def test_of_a_person_follows_the_routers_of_their_devices(self) -> None:
        routers = (router("r1"), router("r2"))
        deliveries = {"r1": delivery(1, "pending"), "r2": delivery(1)}
        state = state_of(device("d1", "r2", person_id="p1"), routers=routers, deliveries=deliveries)
        state.take_people([{"id": "p1", "access": access("block")}, {"id": "p2", "access": access("block")}])
        state.confirm(NOW)
        self.assertIs(state.person_internet("p1"), False)
        # Nobody's devices: all routers must have confirmed.
        self.assertIsNone(state.person_internet("p2"))


class Devices(unittest.TestCase):
    def test_of_several_routers_are_one_by_their_macs_and_keep_the_oldest_id(self) -> None:
        devices = [
            device("d3", "r2", macs=["a", "b"]),
            device("d1", macs=["a"]),
            device("d2", macs=["b"]),
            device("d4", macs=["c"]),
        ]
        groups = group_devices(devices)
        self.assertEqual({key: len(group.members) for key, group in groups.items()}, {"d1": 3, "d4": 1})
        self.assertEqual(group_devices(reversed(devices)).keys(), groups.keys())

    def test_are_there_if_any_router_sees_them_and_unknown_if_no_router_could(self) -> None:
        away = device("d1", macs=["same"], is_online=False, unknown_since="2026-11-27T19:00:00Z")
        here = device("d2", "r2", macs=["same"])
        for members, is_known, is_online in (([away], False, False), ([away, here], True, True)):
            state = state_of(*members, routers=(router("r1", is_connected=False), router("r2")))
            group = state.groups()["d1"]
            self.assertEqual((state.is_known(group), state.is_online(group)), (is_known, is_online))

    def test_that_are_absent_are_known_to_be(self) -> None:
        state = state_of(device("d1", is_online=False))
        group = state.groups()["d1"]
        self.assertEqual((state.is_known(group), state.is_online(group)), (True, False))

    def test_are_tracked_if_chosen_or_by_default_if_they_are_somebodys_or_named(self) -> None:
        state = state_of(
            device("d1", person_id="p"), device("d2", device_name="TV"), device("d3"), device("d4", is_router=True)
        )
        self.assertEqual(list(state.tracked(None)), ["d1", "d2"])
        self.assertEqual(list(state.tracked(["d3", "gone"])), ["d3"])
        self.assertEqual(list(state.tracked([])), [])

    def test_have_the_name_that_somebody_gave_them_at_any_router(self) -> None:
        groups = group_devices([device("d1", macs=["a"], hostname="ps5"), device("d2", "r2", macs=["a"], device_name="PS5")])
        self.assertEqual(groups["d1"].name, "PS5")

    def test_have_used_what_all_their_routers_counted(self) -> None:
        state = state_of(device("d1", macs=["a"]), device("d2", "r2", macs=["a"]))
        used = [{"device_id": key, "down": 5, "up": 1} for key in ("d1", "d2", "d9")]
        state.take_usage({"devices": used, "people": [{"person_id": "p", "down": 7, "up": 0}]})
        self.assertEqual(state.bytes_of_device(state.groups()["d1"]), 12)
        self.assertEqual((state.bytes_of_person("p"), state.bytes_of_person("q")), (7, 0))


class Time(unittest.TestCase):
    def test_left_is_until_something_else_holds_and_unknown_if_nothing_will(self) -> None:
        bedtime = NOW + timedelta(minutes=29, seconds=1)
        for what in ("allow", "limit", "block"):
            self.assertEqual(minutes_left(access(what, bedtime), NOW), 30)
        self.assertEqual(minutes_left(access("limit", NOW), NOW + timedelta(seconds=5)), 0)
        self.assertIsNone(minutes_left(access(), NOW))

    def test_more_is_added_to_what_is_left(self) -> None:
        bedtime = NOW + timedelta(minutes=10)
        self.assertEqual(end_of_internet(access("allow", bedtime, "block"), NOW), bedtime)
        for other in (access(), access("block", bedtime, "allow"), access("allow", bedtime, "limit")):
            self.assertEqual(end_of_internet(other, NOW), NOW)

    def test_of_the_next_change_is_the_soonest(self) -> None:
        bedtime = NOW + timedelta(minutes=5)
        state = state_of(device("d1", access=access("allow", bedtime + timedelta(1), "block")), device("d2"))
        state.take_people([{"id": "p", "access": access("allow", bedtime, "block")}])
        self.assertEqual(state.next_change(), bedtime)
        self.assertIsNone(state_of(device("d1")).next_change())

    def test_between_tries_grows_to_a_minute_and_is_spread(self) -> None:
        self.assertEqual([back_off(n, lambda: 0) for n in (1, 2, 3, 7, 1000)], [1, 2, 4, 60, 60])
        self.assertEqual(back_off(7, lambda: 1), 30)


class Stale(unittest.TestCase):
    def test_is_what_an_event_is_about(self) -> None:
        def after(kind: str) -> Any:
            return stale_after({"type": kind, "router_id": "r", "subject_id": "d"})

        self.assertEqual(after("device.online"), {("device", "r", "d")})
        self.assertEqual(after("device.changed"), {("device", "r", "d"), PEOPLE, POLICIES})
        self.assertEqual(after("device.merged"), ACCESS)
        self.assertEqual(after("policy.applied"), ACCESS)
        self.assertEqual(after("router.internet_down"), ACCESS | {ROUTERS})
        self.assertEqual(after("import.finished"), EVERYTHING)
        for kind in ("router.scanned", "session.started", "something.new"):
            self.assertEqual(after(kind), set())

    def test_becomes_one_list_if_many_devices_change(self) -> None:
        few = {("device", "r", str(number)) for number in range(FEW)}
        self.assertEqual(simplify(few), few)
        self.assertEqual(simplify({*few, PEOPLE, ("device", "r", "more")}), {DEVICES, PEOPLE})
        self.assertEqual(simplify({*few, DEVICES}), {DEVICES})


class Address(unittest.TestCase):
    def test_is_reduced_to_its_origin(self) -> None:
        for given, origin in (
            (" https://netpilot.example/settings?x#y ", "https://netpilot.example"),
            ("http://192.168.1.5:8080", "http://192.168.1.5:8080"),
            ("http://[fd00::1]:8080/", "http://[fd00::1]:8080"),
        ):
            self.assertEqual(origin_of(given), origin)

    def test_that_is_none_is_refused(self) -> None:
        for wrong in ("", "netpilot.example", "ftp://x", "https://", "http://a:b", "http://me:secret@host", "http://[x"):
            with self.assertRaises(WrongUrl, msg=wrong):
                origin_of(wrong)


if __name__ == "__main__":
    unittest.main()
