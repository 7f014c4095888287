"""NetPilot in Home Assistant: who is at home, and who has internet."""

from homeassistant.const import CONF_TOKEN, CONF_URL, CONF_VERIFY_SSL, EVENT_HOMEASSISTANT_STOP, Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryAuthFailed, ConfigEntryNotReady
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.device_registry import DeviceEntry

from .const import CONF_HOME_ID, DOMAIN
from .home import Home, NetPilotConfigEntry
from .netpilot_home.api import Api, Forbidden, InvalidAuth, NetPilotError, NotFound

PLATFORMS = [
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.DEVICE_TRACKER,
    Platform.EVENT,
    Platform.SENSOR,
    Platform.SWITCH,
]


async def async_setup_entry(hass: HomeAssistant, entry: NetPilotConfigEntry) -> bool:
    """Follows a home."""
    session = async_get_clientsession(hass, verify_ssl=entry.data[CONF_VERIFY_SSL])
    api = Api(session, entry.data[CONF_URL], entry.data[CONF_TOKEN], entry.data[CONF_HOME_ID])
    home = Home(hass, entry, api)
    try:
        await home.start()
    except (InvalidAuth, Forbidden, NotFound) as error:
        raise ConfigEntryAuthFailed(str(error)) from error
    except NetPilotError as error:
        raise ConfigEntryNotReady(str(error)) from error
    entry.runtime_data = home
    entry.async_on_unload(home.stop)
    entry.async_on_unload(hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, home.stop))
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    return True


async def async_unload_entry(hass: HomeAssistant, entry: NetPilotConfigEntry) -> bool:
    """Ends that."""
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def async_remove_config_entry_device(
    hass: HomeAssistant, entry: NetPilotConfigEntry, device_entry: DeviceEntry
) -> bool:
    """Only what NetPilot no longer has can be removed by hand: the rest would come again at once."""
    home = entry.runtime_data
    shown = {home.id, *home.groups, *home.state.people, *map(home.key_of_router, home.state.routers)}
    return not any(domain == DOMAIN and key in shown for domain, key in device_entry.identifiers)
