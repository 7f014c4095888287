"""Setting up, in the user interface: an address and a token, then a home; later which devices are shown."""

from collections.abc import Mapping
from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigEntryState, ConfigFlow, ConfigFlowResult, OptionsFlowWithReload
from homeassistant.const import CONF_TOKEN, CONF_URL, CONF_VERIFY_SSL
from homeassistant.core import callback
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.selector import (
    BooleanSelector,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)

from .const import CONF_AUTOMATIC, CONF_DEVICES, CONF_HOME_ID, DOMAIN
from .home import NetPilotConfigEntry
from .netpilot_home.api import Api, WrongUrl
from .netpilot_home.login import Home, LoginError, check_login

PASSWORD = TextSelector(TextSelectorConfig(type=TextSelectorType.PASSWORD))
LOGIN = vol.Schema(
    {
        vol.Required(CONF_URL): TextSelector(TextSelectorConfig(type=TextSelectorType.URL)),
        vol.Required(CONF_TOKEN): PASSWORD,
        vol.Required(CONF_VERIFY_SSL, default=True): BooleanSelector(),
    }
)
TOKEN = vol.Schema({vol.Required(CONF_TOKEN): PASSWORD})


class NetPilotConfigFlow(ConfigFlow, domain=DOMAIN):
    """Adds a home, gives it another token or another address."""

    VERSION = 1

    def __init__(self) -> None:
        self._login: dict[str, Any] = {}
        self._homes: list[Home] = []

    @staticmethod
    @callback
    def async_get_options_flow(config_entry: NetPilotConfigEntry) -> "NetPilotOptionsFlow":
        """Which devices are shown."""
        return NetPilotOptionsFlow()

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Where NetPilot is, and with which token."""
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = await self._check(user_input)
            if not errors and len(self._homes) == 1:
                return await self._add(self._homes[0])
            if not errors:
                return await self.async_step_home()
        return self.async_show_form(
            step_id="user",
            data_schema=self.add_suggested_values_to_schema(LOGIN, user_input or {}),
            errors=errors,
        )

    async def async_step_home(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Which of several homes."""
        if user_input is not None:
            return await self._add(next(home for home in self._homes if home.id == user_input[CONF_HOME_ID]))
        options = [SelectOptionDict(value=home.id, label=home.name) for home in self._homes]
        choice = SelectSelector(SelectSelectorConfig(options=options))
        return self.async_show_form(
            step_id="home", data_schema=vol.Schema({vol.Required(CONF_HOME_ID): choice})
        )

    async def async_step_reauth(self, entry_data: Mapping[str, Any]) -> ConfigFlowResult:
        """The token has ended."""
        return await self.async_step_reauth_confirm()

    async def async_step_reauth_confirm(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Another token, for the same home."""
        entry = self._get_reauth_entry()
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = await self._check({**entry.data, **user_input}, entry.data[CONF_HOME_ID])
            if not errors:
                return self.async_update_reload_and_abort(entry, data_updates=self._login)
        return self.async_show_form(
            step_id="reauth_confirm",
            data_schema=TOKEN,
            description_placeholders={"url": entry.data[CONF_URL], "home": entry.title},
            errors=errors,
        )

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Another address, or another token, for the same home."""
        entry = self._get_reconfigure_entry()
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = await self._check(user_input, entry.data[CONF_HOME_ID])
            if not errors:
                return self.async_update_reload_and_abort(entry, data_updates=self._login)
        known = {name: entry.data[name] for name in (CONF_URL, CONF_VERIFY_SSL)}
        return self.async_show_form(
            step_id="reconfigure",
            data_schema=self.add_suggested_values_to_schema(LOGIN, user_input or known),
            errors=errors,
        )

    async def _check(self, given: Mapping[str, Any], home_id: str | None = None) -> dict[str, str]:
        """The errors of a form, by field; without any the login can be used, for this home if one is named."""
        session = async_get_clientsession(self.hass, verify_ssl=given[CONF_VERIFY_SSL])
        try:
            api = Api(session, given[CONF_URL], given[CONF_TOKEN])
            self._homes = await check_login(api)
        except WrongUrl:
            return {CONF_URL: "no_url"}
        except LoginError as error:
            field = CONF_URL if error.key in ("cannot_connect", "wrong_url") else CONF_TOKEN
            return {field: error.key}
        if home_id is not None and all(home.id != home_id for home in self._homes):
            return {CONF_TOKEN: "other_home"}
        self._login = {
            CONF_URL: api.url,
            CONF_TOKEN: given[CONF_TOKEN].strip(),
            CONF_VERIFY_SSL: given[CONF_VERIFY_SSL],
        }
        return {}

    async def _add(self, home: Home) -> ConfigFlowResult:
        await self.async_set_unique_id(home.id)
        self._abort_if_unique_id_configured()
        return self.async_create_entry(title=home.name, data={**self._login, CONF_HOME_ID: home.id})


class NetPilotOptionsFlow(OptionsFlowWithReload):
    """Which devices are shown."""

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """By themselves those that have a name or a person, or those that are chosen."""
        if user_input is not None:
            return self.async_create_entry(data=user_input)
        if self.config_entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="not_loaded")
        options = self.config_entry.options
        home = self.config_entry.runtime_data
        groups = home.state.groups()
        labels = sorted((group.name, group.main["ip"], key) for key, group in groups.items())
        choice = SelectSelector(
            SelectSelectorConfig(
                options=[SelectOptionDict(value=key, label=f"{name} ({ip})") for name, ip, key in labels],
                multiple=True,
            )
        )
        schema = vol.Schema(
            {
                vol.Required(CONF_AUTOMATIC, default=options.get(CONF_AUTOMATIC, True)): BooleanSelector(),
                # Those that are gone could not be chosen again.
                vol.Required(CONF_DEVICES, default=[key for key in home.groups if key in groups]): choice,
            }
        )
        return self.async_show_form(step_id="init", data_schema=schema)
