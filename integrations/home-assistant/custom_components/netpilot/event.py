"""A device that the home has never seen before."""

from homeassistant.components.event import EventEntity
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entity import HomeEntity
from .home import NetPilotConfigEntry
from .netpilot_home.model import Json

NEW_DEVICE = "new_device"


async def async_setup_entry(
    hass: HomeAssistant, entry: NetPilotConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """One for the home."""
    home = entry.runtime_data
    async_add_entities([NewDevice(home, home.id)])


class NewDevice(HomeEntity, EventEntity):
    """Fires once for each."""

    what = NEW_DEVICE
    _attr_event_types = [NEW_DEVICE]

    async def async_added_to_hass(self) -> None:
        """Waits for them."""
        await super().async_added_to_hass()
        self.async_on_remove(self.home.listen_for_events(self._on_event))

    @property
    def available(self) -> bool:
        """Whether it would hear of one."""
        return self.home.state.is_connected

    @callback
    def _on_event(self, event: Json) -> None:
        if event["type"] != "device.discovered":
            return
        found = {name: event["data"].get(name) for name in ("hostname", "mac", "ip", "manufacturer")}
        has_random_mac = bool(event["data"].get("random"))
        self._trigger_event(
            NEW_DEVICE,
            {
                **found,
                "has_random_mac": has_random_mac,
                "device_id": event["subject_id"],
                "router_id": event["router_id"],
            },
        )
        self.async_write_ha_state()
