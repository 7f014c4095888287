"""What helps with a problem, without the token, and without who lives there."""

from typing import Any

from homeassistant.components.diagnostics import async_redact_data
from homeassistant.const import CONF_TOKEN
from homeassistant.core import HomeAssistant

from .home import NetPilotConfigEntry
from .netpilot_home.diagnosis import PERSONAL, diagnose


async def async_get_config_entry_diagnostics(hass: HomeAssistant, entry: NetPilotConfigEntry) -> dict[str, Any]:
    """Of one home."""
    found = {
        "data": dict(entry.data),
        "options": dict(entry.options),
        "home": diagnose(entry.runtime_data.follower),
    }
    return async_redact_data(found, {CONF_TOKEN, *PERSONAL})
