"""One home in Home Assistant: what is shown of it, and its devices in the registry."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.event import async_track_time_interval

from .const import CONF_AUTOMATIC, CONF_DEVICES, DOMAIN
from .netpilot_home.api import Api, NetPilotError
from .netpilot_home.follower import Follower
from .netpilot_home.model import Group, Json, State

# What makes each entity, by a key of it.
Makers = Mapping[str, Callable[[], Entity]]


class Home:
    """Follows a home, and tells those who listen of each change."""

    def __init__(self, hass: HomeAssistant, entry: "NetPilotConfigEntry", api: Api) -> None:
        self.api = api
        self.follower = Follower(api, self._on_change, self._on_event, self._on_lost)
        self._hass = hass
        self._entry = entry
        self._listeners: list[Callable[[], None]] = []
        self._event_listeners: list[Callable[[Json], None]] = []
        self._registered: dict[str, dict[str, Any]] = {}
        self._cancel_clock: CALLBACK_TYPE | None = None

    @property
    def id(self) -> str:
        """Of the home, as NetPilot has it."""
        return str(self.api.home_id)

    @property
    def state(self) -> State:
        """All that is known."""
        return self.follower.state

    @property
    def groups(self) -> dict[str, Group]:
        """The devices that are shown."""
        options = self._entry.options
        return self.state.tracked(None if options.get(CONF_AUTOMATIC, True) else options[CONF_DEVICES])

    def key_of_router(self, router_id: str) -> str:
        """What a router is called in the registries: its own id is another one in another home."""
        return f"{self.id}_{router_id}"

    async def start(self) -> None:
        """Returns once everything is known. Raises NetPilotError."""
        await self.follower.start()
        self._sync_devices()
        # Minutes pass without anybody being asked.
        self._cancel_clock = async_track_time_interval(self._hass, self._on_minute, timedelta(minutes=1))

    async def stop(self, _event: Any = None) -> None:
        """Ends the stream."""
        if self._cancel_clock is not None:
            self._cancel_clock()
            self._cancel_clock = None
        await self.follower.stop()

    @callback
    def listen(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Calls it after each change; until what this returns is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def listen_for_events(self, listener: Callable[[Json], None]) -> CALLBACK_TYPE:
        """Calls it with each event of the home, as it comes."""
        self._event_listeners.append(listener)
        return lambda: self._event_listeners.remove(listener)

    @callback
    def show(self, add: AddConfigEntryEntitiesCallback, wanted: Callable[[], Makers]) -> None:
        """Adds the entities that are wanted, by a key of each, and later those that come to be wanted."""
        shown: set[str] = set()

        def sync() -> None:
            nonlocal shown
            makers = wanted()
            new = [make() for key, make in makers.items() if key not in shown]
            # One that goes, goes with its device; it can come again.
            shown = set(makers)
            if new:
                add(new)

        sync()
        self._entry.async_on_unload(self.listen(sync))

    @callback
    def _on_change(self) -> None:
        if not self.state.is_loaded or self._cancel_clock is None:
            return
        self._sync_devices()
        for listener in list(self._listeners):
            listener()

    @callback
    def _on_minute(self, _now: datetime) -> None:
        for listener in list(self._listeners):
            listener()

    @callback
    def _on_event(self, event: Json) -> None:
        for listener in list(self._event_listeners):
            listener(event)

    @callback
    def _on_lost(self, _error: NetPilotError) -> None:
        self._entry.async_start_reauth(self._hass)

    def _sync_devices(self) -> None:
        """Registers the home, its routers, people and devices, before their entities; removes those that are gone."""
        wanted = self._wanted_devices()
        if wanted == self._registered:
            return
        registry = dr.async_get(self._hass)
        self._make_way(registry, wanted)
        for key, info in wanted.items():
            if self._registered.get(key) != info:
                registry.async_get_or_create(
                    config_entry_id=self._entry.entry_id, identifiers={(DOMAIN, key)}, **info
                )
        self._registered = wanted

    def _make_way(self, registry: dr.DeviceRegistry, wanted: dict[str, dict[str, Any]]) -> None:
        """
        Removes what is gone, and takes from the others the MACs that are not theirs any more, as after a merge or an
        unmerge: a MAC that two devices have would make them one.
        """
        for device in dr.async_entries_for_config_entry(registry, self._entry.entry_id):
            keys = [key for domain, key in device.identifiers if domain == DOMAIN and key in wanted]
            if not keys:
                registry.async_remove_device(device.id)
                continue
            kept = device.connections & wanted[keys[0]].get("connections", set())
            if kept != device.connections:
                registry.async_update_device(device.id, new_connections=kept)

    def _wanted_devices(self) -> dict[str, dict[str, Any]]:
        state = self.state
        service = dr.DeviceEntryType.SERVICE
        wanted: dict[str, dict[str, Any]] = {
            self.id: {"name": state.home["name"], "manufacturer": "NetPilot", "entry_type": service}
        }
        for router_id, router in state.routers.items():
            wanted[self.key_of_router(router_id)] = {
                "name": router["router_name"] or router_id,
                "sw_version": router["agent_version"],
            }
        for person_id, person in state.people.items():
            wanted[person_id] = {"name": person["name"], "entry_type": service}
        for key, group in self.groups.items():
            wanted[key] = {
                "name": group.name,
                "manufacturer": group.main["manufacturer"],
                "connections": {
                    (dr.CONNECTION_NETWORK_MAC, mac) for device in group.members for mac in device["macs"]
                },
            }
        return wanted


NetPilotConfigEntry = ConfigEntry[Home]
