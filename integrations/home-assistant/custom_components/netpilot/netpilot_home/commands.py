"""What people do from here: nothing is shown as done before the routers confirm it, which the follower sees."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from .api import Api, Refused, segment
from .model import Group, Json, instant_of


class StillBlocked(Exception):
    """Everything that could be ended was, and something else still says block: its kind and name."""

    def __init__(self, kind: str, name: str | None) -> None:
        super().__init__(f"still blocked: {kind} {name or ''}".rstrip())
        self.kind = kind
        self.name = name


async def block_device(api: Api, group: Group) -> None:
    """Blocks a device by hand, at each router that knows it, until it is allowed again."""
    for device in group.members:
        if not device["is_blocked"]:
            try:
                await api.post(f"/routers/{segment(device['router_id'])}/blocks", {"device_id": device["id"]})
            except Refused:
                # Somebody else was faster; anything else is for the person to read.
                if not await _active_blocks(api, device):
                    raise


async def allow_device(api: Api, group: Group) -> None:
    """Ends what blocks a device by hand, and its own pauses. Raises StillBlocked if it has no internet in spite of that."""
    for device in group.members:
        for block in await _active_blocks(api, device):
            await api.post(f"/routers/{segment(device['router_id'])}/blocks/{block['id']}/unblock")
        await _end_pauses(api, device_id=device["id"])
    for device in group.members:
        await _require_allowed(api, _path_of_device(device))


async def block_person(api: Api, person_id: str) -> None:
    """Pauses a person until they are allowed again."""
    for pause in await _pauses_now(api, person_id=person_id):
        if pause["until_at"] is None:
            return
    await _add_rule(api, kind="pause", person_id=person_id)


async def allow_person(api: Api, person_id: str) -> None:
    """Ends the pauses of a person. Raises StillBlocked if the rules say block in spite of that."""
    await _end_pauses(api, person_id=person_id)
    await _require_allowed(api, _path_of_person(api, person_id))


async def pause(api: Api, minutes: int, *, person_id: str | None = None, group: Group | None = None) -> None:
    """No internet for so many minutes; it ends by itself, on the router."""
    for target in _targets(person_id, group):
        await _add_rule(api, kind="pause", minutes=minutes, **target)


async def add_time(
    api: Api, minutes: int, *, person: Json | None = None, group: Group | None = None
) -> None:
    """
    So many minutes of internet more: from now on if there is none, else from when it would end. Pauses of the same
    device or person step aside for that time, and then go on. Raises StillBlocked if nothing came of it.
    """
    things = [person] if person is not None else list(group.members if group is not None else ())
    name = "person_id" if person is not None else "device_id"
    for thing in things:
        now = api.now()
        until = end_of_internet(thing["access"], now) + timedelta(minutes=minutes)
        target = {name: thing["id"]}
        await _add_rule(api, kind="exception", access="allow", until_at=_text(until), **target)
        for pause_rule in await _pauses(api, until, **target):
            await _put_off(api, pause_rule, until)
        path = _path_of_person(api, thing["id"]) if person is not None else _path_of_device(thing)
        await _require_allowed(api, path)


def end_of_internet(access: Json, now: datetime) -> datetime:
    """When the internet that there is now ends, if that is known to be soon; else now."""
    coming = access["next"]
    if access["access"] == "block" or coming is None or coming["access"] != "block":
        return now
    return max(now, instant_of(coming["at"]))


def _targets(person_id: str | None, group: Group | None) -> Iterable[dict[str, str]]:
    if person_id is not None:
        return [{"person_id": person_id}]
    return [{"device_id": device["id"]} for device in (group.members if group is not None else ())]


async def _add_rule(api: Api, **rule: Any) -> Json:
    added: Json = await api.post(f"/homes/{api.home_id}/rules", rule)
    return added


async def _active_blocks(api: Api, device: Json) -> list[Json]:
    path = f"/routers/{segment(device['router_id'])}/blocks"
    return await api.pages(path, device_id=device["id"], state="active")


async def _pauses(api: Api, before: datetime, **target: str) -> list[Json]:
    """The pauses of a device or a person that hold now, or begin before that."""
    rules = await api.pages(f"/homes/{api.home_id}/rules", kind="pause", state="current", **target)
    return [rule for rule in rules if rule["is_active"] and instant_of(rule["from_at"]) < before]


async def _pauses_now(api: Api, **target: str) -> list[Json]:
    # A pause that was just begun by a clock that is a little ahead is one of now.
    return await _pauses(api, api.now() + timedelta(seconds=5), **target)


async def _end_pauses(api: Api, **target: str) -> None:
    for rule in await _pauses_now(api, **target):
        await api.delete(f"/homes/{api.home_id}/rules/{rule['id']}")


async def _put_off(api: Api, rule: Json, until: datetime) -> None:
    path = f"/homes/{api.home_id}/rules/{rule['id']}"
    if rule["until_at"] is not None and instant_of(rule["until_at"]) <= until:
        await api.delete(path)
    else:
        await api.patch(path, {"from_at": _text(until)})


def _path_of_device(device: Json) -> str:
    return f"/routers/{segment(device['router_id'])}/devices/{device['id']}"


def _path_of_person(api: Api, person_id: str) -> str:
    return f"/homes/{api.home_id}/people/{person_id}"


async def _require_allowed(api: Api, path: str) -> None:
    access = (await api.get(path))["access"]
    if access["access"] == "block":
        raise StillBlocked(access["because"]["kind"], access["because"]["name"])


def _text(instant: datetime) -> str:
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")
