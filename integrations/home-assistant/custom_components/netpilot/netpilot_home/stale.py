"""What an event makes stale of what is known. Pure."""

from typing import Any

# Lists that are read whole. Of a single device: ("device", router, id).
Part = str | tuple[str, str, str]

HOME, ROUTERS, DEVICES, PEOPLE, POLICIES = "home", "routers", "devices", "people", "policies"
EVERYTHING: frozenset[Part] = frozenset({HOME, ROUTERS, DEVICES, PEOPLE, POLICIES})
# What holds, whoever decided it: devices and people, and whether the routers do it.
ACCESS: frozenset[Part] = frozenset({DEVICES, PEOPLE, POLICIES})

# If more devices than this have changed, all are read at once.
FEW = 10

_PRESENCE = {"device.online", "device.offline", "device.moved", "device.placed"}
_OF_ONE_DEVICE = {*_PRESENCE, "device.changed", "device.discovered", "device.recognised", "device.reviewed"}
_OF_NOTHING = {"router.scanned", "router.scan_requested", "router.update_requested", "device.wake_requested"}
_BY_SUBJECT: dict[str, frozenset[Part]] = {
    "access": frozenset({PEOPLE}),
    "blacklist": ACCESS,
    "block": ACCESS,
    "device": ACCESS,
    "home": EVERYTHING,
    "import": EVERYTHING,
    "person": ACCESS,
    "policy": ACCESS,
    "router": ACCESS | {ROUTERS},
    "rule": ACCESS,
    "whitelist": ACCESS,
}


def stale_after(event: dict[str, Any]) -> set[Part]:
    """What must be read again after an event; nothing if it is about something that is not shown."""
    kind, router, subject = event["type"], event["router_id"], event["subject_id"]
    if kind in _OF_NOTHING:
        return set()
    if kind in _OF_ONE_DEVICE and router is not None and subject is not None:
        parts: set[Part] = {("device", router, subject)}
        return parts if kind in _PRESENCE else parts | {PEOPLE, POLICIES}
    return set(_BY_SUBJECT.get(kind.partition(".")[0], ()))


def simplify(parts: set[Part]) -> set[Part]:
    """The same with fewer requests: a list instead of many of its items."""
    single = {part for part in parts if not isinstance(part, str)}
    if DEVICES in parts or len(single) > FEW:
        return (parts - single) | {DEVICES}
    return parts
