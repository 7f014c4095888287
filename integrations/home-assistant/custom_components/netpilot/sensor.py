"""Minutes left, and bytes used since midnight in the time zone of the home."""

from functools import partial

from homeassistant.components.sensor import SensorDeviceClass, SensorEntity, SensorStateClass
from homeassistant.const import UnitOfInformation, UnitOfTime
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entity import DeviceEntity, PersonEntity
from .home import Makers, NetPilotConfigEntry
from .netpilot_home.model import minutes_left

async def async_setup_entry(
    hass: HomeAssistant, entry: NetPilotConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Two sensors for each device that is shown, and for each person."""
    home = entry.runtime_data

    def wanted() -> Makers:
        makers = {
            (DeviceMinutes, DeviceUsage): home.groups,
            (PersonMinutes, PersonUsage): home.state.people,
        }
        return {
            f"{key} {sensor.what}": partial(sensor, home, key)
            for sensors, keys in makers.items()
            for key in keys
            for sensor in sensors
        }

    home.show(async_add_entities, wanted)


class Minutes(SensorEntity):
    """How long what holds now still does: the internet, or that there is none. Unknown if no end is known."""

    _attr_device_class = SensorDeviceClass.DURATION
    _attr_native_unit_of_measurement = UnitOfTime.MINUTES


class DeviceMinutes(DeviceEntity, Minutes):
    """Of a device."""

    what = "minutes_left"

    @property
    def native_value(self) -> int | None:
        """Minutes."""
        return None if self.group is None else minutes_left(self.group.main["access"], self.home.api.now())


class PersonMinutes(PersonEntity, Minutes):
    """Of a person."""

    what = "minutes_left"

    @property
    def native_value(self) -> int | None:
        """Minutes."""
        return None if self.person is None else minutes_left(self.person["access"], self.home.api.now())


class Usage(SensorEntity):
    """What was received and sent; begins anew each midnight."""

    _attr_device_class = SensorDeviceClass.DATA_SIZE
    _attr_state_class = SensorStateClass.TOTAL_INCREASING
    _attr_native_unit_of_measurement = UnitOfInformation.BYTES
    _attr_suggested_unit_of_measurement = UnitOfInformation.MEGABYTES
    _attr_suggested_display_precision = 0


class DeviceUsage(DeviceEntity, Usage):
    """Of a device."""

    what = "usage_today"

    @property
    def available(self) -> bool:
        """What was counted is known without a router, too."""
        return self.group is not None and self.home.state.is_connected

    @property
    def native_value(self) -> int | None:
        """Bytes."""
        return None if self.group is None else self.home.state.bytes_of_device(self.group)


class PersonUsage(PersonEntity, Usage):
    """Of a person."""

    what = "usage_today"

    @property
    def available(self) -> bool:
        """What was counted is known without a router, too."""
        return self.person is not None and self.home.state.is_connected

    @property
    def native_value(self) -> int:
        """Bytes."""
        return self.home.state.bytes_of_person(self.key)
