"""Whether each router is connected to NetPilot, and whether the internet answers it."""

from functools import partial

from homeassistant.components.binary_sensor import BinarySensorDeviceClass, BinarySensorEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entity import HomeEntity
from .home import Home, Makers, NetPilotConfigEntry


async def async_setup_entry(
    hass: HomeAssistant, entry: NetPilotConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Two for each router."""
    home = entry.runtime_data

    def wanted() -> Makers:
        return {
            f"{router_id} {kind.what}": partial(kind, home, router_id)
            for router_id in home.state.routers
            for kind in (Connected, Internet)
        }

    home.show(async_add_entities, wanted)


class RouterEntity(HomeEntity, BinarySensorEntity):
    """Something of a router."""

    _attr_device_class = BinarySensorDeviceClass.CONNECTIVITY

    def __init__(self, home: Home, router_id: str) -> None:
        super().__init__(home, home.key_of_router(router_id))
        self.router_id = router_id

    @property
    def available(self) -> bool:
        """Whether NetPilot says anything."""
        return self.home.state.is_connected and self.router_id in self.home.state.routers


class Connected(RouterEntity):
    """Whether NetPilot reaches it. If not, it is off, or its line is dead."""

    what = "connected"

    @property
    def is_on(self) -> bool | None:
        """As NetPilot sees it."""
        router = self.home.state.routers.get(self.router_id)
        return None if router is None else router["is_connected"]


class Internet(RouterEntity):
    """Whether the internet answers it; unknown while it is away, or if it measures nothing."""

    what = "router_internet"

    @property
    def is_on(self) -> bool | None:
        """As the router measures it."""
        return self.home.state.has_internet(self.router_id) if self.router_id in self.home.state.routers else None
