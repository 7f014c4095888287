"""A home as NetPilot reports it, and what follows for each thing that is shown. Pure: nothing here asks or waits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
import math
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Confirmed:
    """What routers have confirmed for a device or a person."""

    # `allow`, `limit` or `block`.
    access: str
    # Of the policy that says so.
    revision: int
    # When something else holds, by time alone.
    changes_at: datetime | None
    # Whether the routers do that by themselves.
    is_armed: bool


@dataclass(frozen=True)
class Group:
    """
    One device as people see it. Each router has an entry of its own for a device that it knows: entries of a home that
    share a MAC are one device, called by the id of the entry that was there first.
    """

    key: str
    members: tuple[Json, ...]

    @property
    def main(self) -> Json:
        """The entry that says most about it: online, else last seen."""
        return max(self.members, key=lambda device: (device["is_online"], device["last_seen"]))

    @property
    def name(self) -> str:
        """As NetPilot calls it."""
        device = self.main
        names = [each["device_name"] for each in (device, *self.members) if each["device_name"]]
        return str(names[0] if names else device["name_guess"] or device["hostname"] or device["ip"])

    @property
    def person_id(self) -> str | None:
        """Whose it is."""
        return next((device["person_id"] for device in self.members if device["person_id"]), None)


@dataclass
class State:
    """Everything that is known of a home. `take_…` stores what the API says; the rest answers questions."""

    home: Json = field(default_factory=dict)
    routers: dict[str, Json] = field(default_factory=dict)
    deliveries: dict[str, Json] = field(default_factory=dict)
    devices: dict[str, Json] = field(default_factory=dict)
    people: dict[str, Json] = field(default_factory=dict)
    # Bytes since midnight, by device and by person.
    used: dict[str, Json] = field(default_factory=dict)
    person_used: dict[str, Json] = field(default_factory=dict)
    # False while the event stream is broken: then nobody knows whether the rest is still so.
    is_connected: bool = False
    is_loaded: bool = False
    _confirmed: dict[str, Confirmed] = field(default_factory=dict)
    _groups: dict[str, Group] = field(default_factory=dict)

    def take_routers(self, routers: Iterable[Json], home_id: str) -> None:
        """All routers of the home that are linked."""
        self.routers = {
            router["router_id"]: router
            for router in routers
            if router["home_id"] == home_id and router["is_active"]
        }
        self.deliveries = {key: value for key, value in self.deliveries.items() if key in self.routers}

    def take_delivery(self, router_id: str, delivery: Json) -> None:
        """Whether a router does what its policy says."""
        self.deliveries[router_id] = delivery

    def take_devices(self, devices: Iterable[Json]) -> None:
        """All devices of the home."""
        self._replace_devices({device["id"]: device for device in devices})

    def take_device(self, device_id: str, device: Json | None) -> None:
        """One device; None: it is gone, or merged into another one."""
        devices = {key: value for key, value in self.devices.items() if key != device_id}
        if device is not None:
            devices[device["id"]] = device
        self._replace_devices(devices)

    def take_people(self, people: Iterable[Json]) -> None:
        """All people of the home."""
        self.people = {person["id"]: person for person in people}

    def take_usage(self, usage: Json) -> None:
        """What the home has used since midnight, in its own time zone."""
        self.used = {used["device_id"]: used for used in usage["devices"]}
        self.person_used = {used["person_id"]: used for used in usage["people"]}

    def confirm(self, now: datetime) -> None:
        """
        What routers have confirmed, from all that was taken. Devices and people must have been read before the
        deliveries: what was decided is then never newer than the revision that is said to be applied.
        """
        things = {**self.devices, **self.people}
        self._confirmed = {key: value for key, value in self._confirmed.items() if key in things}
        for device_id, device in self.devices.items():
            self._confirm(device_id, device["access"], [device["router_id"]], now)
        for person_id, person in self.people.items():
            self._confirm(person_id, person["access"], self.routers_of_person(person_id), now)

    def groups(self) -> Mapping[str, Group]:
        """All devices of the home but the routers themselves, by key."""
        return self._groups

    def tracked(self, chosen: Iterable[str] | None) -> dict[str, Group]:
        """The devices that are shown: those that were chosen; None: those that have a person or a name from somebody."""
        if chosen is None:
            return {
                key: group
                for key, group in self._groups.items()
                if group.person_id or any(device["device_name"] for device in group.members)
            }
        wanted = set(chosen)
        return {
            key: group
            for key, group in self._groups.items()
            if not wanted.isdisjoint(device["id"] for device in group.members)
        }

    def routers_of_person(self, person_id: str) -> list[str]:
        """The routers that have to do with a person: those of their devices; without any, all."""
        found = {device["router_id"] for device in self.devices.values() if device["person_id"] == person_id}
        return sorted(found & set(self.routers) or self.routers)

    # What is shown of a device.

    def is_known(self, group: Group) -> bool:
        """Whether anybody knows where the device is: a router that knows it is connected."""
        return self.is_connected and any(device["unknown_since"] is None for device in group.members)

    def is_online(self, group: Group) -> bool:
        """Whether it is there, at any router of the home."""
        return any(device["is_online"] for device in group.members)

    def device_internet(self, group: Group) -> bool | None:
        """
        Whether the device has internet, as its routers have confirmed: False only if each of them that is connected
        has confirmed that it is blocked. None: they have confirmed nothing yet.
        """
        connected = [d for d in group.members if self._is_router_connected(d["router_id"])]
        found = [self._confirmed.get(device["id"]) for device in connected or group.members]
        if any(one is not None and one.access != "block" for one in found):
            return True
        return None if None in found else False

    def is_device_known(self, group: Group) -> bool:
        """Whether its internet can be said and switched: a router that knows it is connected."""
        return self.is_connected and any(self._is_router_connected(d["router_id"]) for d in group.members)

    def is_device_pending(self, group: Group) -> bool:
        """Whether a router has yet to confirm something."""
        return any(self._is_pending(device["router_id"]) for device in group.members)

    def bytes_of_device(self, group: Group) -> int:
        """What it received and sent today."""
        return sum(_bytes_of(self.used.get(device["id"])) for device in group.members)

    # What is shown of a person.

    def person_internet(self, person_id: str) -> bool | None:
        """Whether what the rules say for the person is internet, as the routers have confirmed. None: nothing yet."""
        confirmed = self._confirmed.get(person_id)
        return None if confirmed is None else confirmed.access != "block"

    def is_person_known(self, person_id: str) -> bool:
        """Whether a router that has to do with the person is connected."""
        return (
            self.is_connected
            and person_id in self.people
            and any(self._is_router_connected(router) for router in self.routers_of_person(person_id))
        )

    def is_person_pending(self, person_id: str) -> bool:
        """Whether a router has yet to confirm something."""
        return any(self._is_pending(router) for router in self.routers_of_person(person_id))

    def bytes_of_person(self, person_id: str) -> int:
        """What their devices received and sent today."""
        return _bytes_of(self.person_used.get(person_id))

    # What is shown of a router.

    def has_internet(self, router_id: str) -> bool | None:
        """Whether the internet answers the router; None: it is away, or measures nothing."""
        return {"ok": True, "internet_down": False}.get(self.routers[router_id]["health"]["state"])

    def next_change(self) -> datetime | None:
        """When what holds for a device or a person changes by time alone, the soonest."""
        things = (*self.devices.values(), *self.people.values())
        return min((instant_of(thing["access"]["until"]) for thing in things if thing["access"]["until"]), default=None)

    def _replace_devices(self, devices: dict[str, Json]) -> None:
        self.devices = devices
        self._groups = group_devices(device for device in devices.values() if not device["is_router"])

    def _confirm(self, key: str, access: Json, routers: list[str], now: datetime) -> None:
        """
        Takes what was decided for what holds, if every router that has to do with it (of those that are connected) has
        confirmed its policy. What changes by time alone also needs a router that does that by itself and knows the
        time, or a newer policy.
        """
        concerned = [router for router in routers if self._is_router_connected(router)] or routers
        deliveries = [self.deliveries[router] for router in concerned if router in self.deliveries]
        if not deliveries or len(deliveries) < len(concerned):
            return
        if not all(has_confirmed(delivery, key) for delivery in deliveries):
            return
        revision = sum(delivery["applied_revision"] for delivery in deliveries)
        known = self._confirmed.get(key)
        if known is not None and known.access != access["access"] and known.revision == revision:
            is_by_time = known.changes_at is not None and known.changes_at <= now
            if is_by_time and not (known.is_armed and self._know_time(concerned)):
                return
        coming = access["next"]
        self._confirmed[key] = Confirmed(
            access["access"],
            revision,
            None if coming is None else instant_of(coming["at"]),
            coming is not None and coming["is_armed"],
        )

    def _know_time(self, routers: list[str]) -> bool:
        return all(router in self.routers and self.routers[router]["clock"] != "held" for router in routers)

    def _is_router_connected(self, router_id: str) -> bool:
        router = self.routers.get(router_id)
        return router is not None and router["is_connected"]

    def _is_pending(self, router_id: str) -> bool:
        delivery = self.deliveries.get(router_id)
        return delivery is None or delivery["state"] == "pending"


def has_confirmed(delivery: Json, device_id: str) -> bool:
    """Whether the router has confirmed its newest policy, and nothing of it is refused for the device."""
    if delivery["state"] == "pending":
        return False
    return all(line["device_id"] != device_id for line in delivery.get("refused", ()))


def group_devices(devices: Iterable[Json]) -> dict[str, Group]:
    """The devices of a home: entries that share a MAC are one."""
    in_order = sorted(devices, key=lambda device: (device["first_seen"], device["id"]))
    key_of_mac: dict[str, str] = {}
    members: dict[str, list[Json]] = {}
    for device in in_order:
        keys = sorted({key_of_mac[mac] for mac in device["macs"] if mac in key_of_mac}, key=list(members).index)
        key = keys[0] if keys else device["id"]
        members.setdefault(key, []).append(device)
        # It joins those that had no MAC in common before.
        for other in keys[1:]:
            members[key].extend(members.pop(other))
        for each in members[key]:
            key_of_mac.update(dict.fromkeys(each["macs"], key))
    return {key: Group(key, tuple(group)) for key, group in members.items()}


def _bytes_of(used: Json | None) -> int:
    return 0 if used is None else int(used["down"]) + int(used["up"])


def minutes_left(access: Json, now: datetime) -> int | None:
    """How long what holds now still does, the last minute one that is begun; None if no end is known."""
    if access["until"] is None:
        return None
    return max(0, math.ceil((instant_of(access["until"]) - now).total_seconds() / 60))


def instant_of(text: str) -> datetime:
    """A time of the API."""
    return datetime.fromisoformat(text)
