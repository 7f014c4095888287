"""What all entities have in common."""

from collections.abc import Coroutine
from typing import Any

from homeassistant.core import callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import Entity

from .const import DOMAIN
from .home import Home
from .netpilot_home.api import CannotConnect, NetPilotError
from .netpilot_home.commands import StillBlocked
from .netpilot_home.model import Group, Json


class HomeEntity(Entity):
    """Something of a home: `key` is the device that it belongs to, `what` which of its entities this is."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    what: str

    def __init__(self, home: Home, key: str) -> None:
        self.home = home
        self.key = key
        self._attr_unique_id = f"{key}_{self.what}"
        self._attr_translation_key = self.what
        self._attr_device_info = DeviceInfo(identifiers={(DOMAIN, key)})

    async def async_added_to_hass(self) -> None:
        """Shows each change from now on."""
        self.async_on_remove(self.home.listen(self._on_change))

    @callback
    def _on_change(self) -> None:
        self.async_write_ha_state()

    async def _do(self, command: Coroutine[Any, Any, None]) -> None:
        """Has NetPilot do something, and says in words what it refuses."""
        try:
            await command
        except StillBlocked as error:
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key=f"blocked_by_{error.kind}",
                translation_placeholders={"rule": error.name or "—"},
            ) from error
        except CannotConnect as error:
            raise HomeAssistantError(translation_domain=DOMAIN, translation_key="cannot_connect") from error
        except NetPilotError as error:
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="refused",
                translation_placeholders={"detail": str(error)},
            ) from error


class DeviceEntity(HomeEntity):
    """Something of a device."""

    @property
    def group(self) -> Group | None:
        """The device; None once it is gone."""
        return self.home.state.groups().get(self.key)

    @property
    def available(self) -> bool:
        """Whether a router that knows it is connected."""
        return self.group is not None and self.home.state.is_device_known(self.group)


class PersonEntity(HomeEntity):
    """Something of a person."""

    @property
    def person(self) -> Json | None:
        """The person; None once they are gone."""
        return self.home.state.people.get(self.key)

    @property
    def available(self) -> bool:
        """Whether a router that has to do with them is connected."""
        return self.home.state.is_person_known(self.key)
