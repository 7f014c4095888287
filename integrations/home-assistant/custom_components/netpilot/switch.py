"""Internet, of devices and of people. Never optimistic: the state is what routers have confirmed."""

from functools import partial
from typing import Any

from homeassistant.components.switch import SwitchEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entity import DeviceEntity, PersonEntity
from .home import Makers, NetPilotConfigEntry
from .netpilot_home.commands import allow_device, allow_person, block_device, block_person
from .netpilot_home.model import Json


async def async_setup_entry(
    hass: HomeAssistant, entry: NetPilotConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """A switch for each device that is shown, and for each person."""
    home = entry.runtime_data

    def wanted() -> Makers:
        return {
            **{key: partial(DeviceInternet, home, key) for key in home.groups},
            **{key: partial(PersonInternet, home, key) for key in home.state.people},
        }

    home.show(async_add_entities, wanted)


def attributes_of(access: Json, is_pending: bool) -> dict[str, Any]:
    """What the home has decided, and why; the state is what its routers do."""
    return {
        "decided": access["access"],
        "reason": access["because"]["kind"],
        "rule": access["because"]["name"],
        "until": access["until"],
        "pending": is_pending,
    }


class DeviceInternet(DeviceEntity, SwitchEntity):
    """Off: no traffic of the device passes, at any router of the home."""

    what = "internet"

    @property
    def is_on(self) -> bool | None:
        """As the routers have confirmed."""
        return None if self.group is None else self.home.state.device_internet(self.group)

    @property
    def extra_state_attributes(self) -> dict[str, Any] | None:
        """What was decided."""
        if self.group is None:
            return None
        return attributes_of(self.group.main["access"], self.home.state.is_device_pending(self.group))

    async def async_turn_on(self, **kwargs: Any) -> None:
        """Ends its block, and its own pauses."""
        if self.group is not None:
            await self._do(allow_device(self.home.api, self.group))

    async def async_turn_off(self, **kwargs: Any) -> None:
        """Blocks it until somebody allows it again."""
        if self.group is not None:
            await self._do(block_device(self.home.api, self.group))


class PersonInternet(PersonEntity, SwitchEntity):
    """Off: the rules block the person's devices."""

    what = "internet"

    @property
    def is_on(self) -> bool | None:
        """As the routers have confirmed."""
        return self.home.state.person_internet(self.key)

    @property
    def extra_state_attributes(self) -> dict[str, Any] | None:
        """What was decided."""
        if self.person is None:
            return None
        return attributes_of(self.person["access"], self.home.state.is_person_pending(self.key))

    async def async_turn_on(self, **kwargs: Any) -> None:
        """Ends the person's pauses."""
        await self._do(allow_person(self.home.api, self.key))

    async def async_turn_off(self, **kwargs: Any) -> None:
        """Pauses the person until somebody ends that."""
        await self._do(block_person(self.home.api, self.key))
