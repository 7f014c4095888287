"""What somebody who helps needs to know of a home that is followed."""

from typing import Any

from .follower import Follower

# Never handed on, wherever it is found.
PERSONAL = frozenset(
    {
        "device_name",
        "hostname",
        "ip",
        "lan_mac",
        "mac",
        "macs",
        "name",
        "name_guess",
        "owner_name",
        "router_ip",
        "router_name",
        "ssid",
        "cloud_vm_ip",
        "same_as",
        "rival",
        "same_lan_mac",
        "place",
        "type_guess",
    }
)


def diagnose(follower: Follower) -> dict[str, Any]:
    """As JSON; what is in PERSONAL is for the caller to cut out."""
    state = follower.state
    return {
        "is_connected": state.is_connected,
        "position": follower.position,
        "snapshots": follower.snapshots,
        "clock_offset_seconds": follower.api.clock_offset.total_seconds(),
        "home": state.home,
        "routers": list(state.routers.values()),
        "deliveries": list(state.deliveries.values()),
        "devices": list(state.devices.values()),
        "people": list(state.people.values()),
        "devices_of_one": {
            key: [device["id"] for device in group.members]
            for key, group in state.groups().items()
            if len(group.members) > 1
        },
        "internet": {key: state.device_internet(group) for key, group in state.groups().items()},
        "internet_of_people": {key: state.person_internet(key) for key in state.people},
    }
