"""Half an hour without internet, or half an hour more of it: each ends by itself, on the router."""

from functools import partial

from homeassistant.components.button import ButtonEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import MINUTES
from .entity import DeviceEntity, PersonEntity
from .home import Makers, NetPilotConfigEntry
from .netpilot_home.commands import add_time, pause


async def async_setup_entry(
    hass: HomeAssistant, entry: NetPilotConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Two buttons for each device that is shown, and for each person."""
    home = entry.runtime_data

    def wanted() -> Makers:
        things = [(key, (PauseDevice, AddDeviceTime)) for key in home.groups]
        things += [(key, (PausePerson, AddPersonTime)) for key in home.state.people]
        return {f"{key} {button.what}": partial(button, home, key) for key, buttons in things for button in buttons}

    home.show(async_add_entities, wanted)


class PauseDevice(DeviceEntity, ButtonEntity):
    """No internet for half an hour."""

    what = "pause"

    async def async_press(self) -> None:
        """Pauses it."""
        if self.group is not None:
            await self._do(pause(self.home.api, MINUTES, group=self.group))


class AddDeviceTime(DeviceEntity, ButtonEntity):
    """Half an hour more."""

    what = "add_time"

    async def async_press(self) -> None:
        """Gives it."""
        if self.group is not None:
            await self._do(add_time(self.home.api, MINUTES, group=self.group))


class PausePerson(PersonEntity, ButtonEntity):
    """No internet for half an hour."""

    what = "pause"

    async def async_press(self) -> None:
        """Pauses them."""
        await self._do(pause(self.home.api, MINUTES, person_id=self.key))


class AddPersonTime(PersonEntity, ButtonEntity):
    """Half an hour more."""

    what = "add_time"

    async def async_press(self) -> None:
        """Gives it."""
        if self.person is not None:
            await self._do(add_time(self.home.api, MINUTES, person=self.person))
