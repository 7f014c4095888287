"""Whether the devices are at home."""

from functools import partial

from homeassistant.components.device_tracker import ScannerEntity, SourceType
from homeassistant.core import HomeAssistant
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entity import DeviceEntity
from .home import Makers, NetPilotConfigEntry


async def async_setup_entry(
    hass: HomeAssistant, entry: NetPilotConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """A tracker for each device that is shown, also for those that are not there now."""
    home = entry.runtime_data

    def wanted() -> Makers:
        return {key: partial(Tracker, home, key) for key in home.groups}

    home.show(async_add_entities, wanted)


class Tracker(DeviceEntity, ScannerEntity):
    """`home` or `not_home`; unavailable while no router that knows the device is connected, as then nobody knows."""

    what = "tracker"
    # It has the name of the device.
    _attr_name = None
    _attr_source_type = SourceType.ROUTER

    @property
    def unique_id(self) -> str | None:
        """By NetPilot's id: a phone may have another MAC tomorrow."""
        return self._attr_unique_id

    @property
    def device_info(self) -> DeviceInfo | None:
        """The device that was registered for it; by its MAC it would be another one."""
        return self._attr_device_info

    @property
    def entity_registry_enabled_default(self) -> bool:
        """Somebody chose it."""
        return True

    @property
    def available(self) -> bool:
        """Whether anybody knows."""
        return self.group is not None and self.home.state.is_known(self.group)

    @property
    def is_connected(self) -> bool | None:
        """Whether it is there, at any router of the home."""
        return None if self.group is None else self.home.state.is_online(self.group)

    @property
    def ip_address(self) -> str | None:
        """Its address, if it still has it."""
        return self.group.main["ip"] if self.group is not None and self.group.main["holds_ip"] else None

    @property
    def mac_address(self) -> str | None:
        """Its present MAC."""
        return None if self.group is None else self.group.main["mac"]

    @property
    def hostname(self) -> str | None:
        """The name that it reports."""
        return None if self.group is None else self.group.main["hostname"]
