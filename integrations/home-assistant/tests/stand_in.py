"""
A stand-in for the few parts of Home Assistant that the integration calls, so that its modules can run here.

It was written from Home Assistant's sources of autumn 2026 and does what they do as far as the integration notices:
it does not prove that the real one agrees.
"""

from enum import StrEnum
import sys
from types import MappingProxyType, ModuleType
from typing import Any, Callable


class Anything:
    """For names that are only passed on."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self.given, self.named = given, named

    def __class_getitem__(cls, _item: Any) -> Any:
        return cls


class HomeAssistantError(Exception):
    def __init__(self, *args: Any, translation_domain: str = "", translation_key: str = "",
                 translation_placeholders: dict[str, str] | None = None) -> None:
        super().__init__(*args)
        self.translation_key = translation_key
        self.translation_placeholders = translation_placeholders


class ConfigEntryAuthFailed(HomeAssistantError):
    pass


class ConfigEntryNotReady(HomeAssistantError):
    pass


class Entity:
    """Reads `_attr_…` unless a property says something else."""

    hass: Any = None
    _attr_available = True
    _attr_device_info: Any = None
    _attr_unique_id: str | None = None

    def __init__(self, *_args: Any) -> None:
        pass

    @property
    def available(self) -> bool:
        return self._attr_available

    @property
    def unique_id(self) -> str | None:
        return self._attr_unique_id

    @property
    def device_info(self) -> Any:
        return self._attr_device_info

    async def async_added_to_hass(self) -> None:
        pass

    def async_on_remove(self, undo: Callable[[], None]) -> None:
        self.undo = [*getattr(self, "undo", []), undo]

    def async_write_ha_state(self) -> None:
        assert self.hass is not None
        self.hass.states[self.unique_id] = self.shown()

    def shown(self) -> Any:
        return self.state if self.available else "unavailable"

    @property
    def state(self) -> Any:
        raise NotImplementedError


class ToggleEntity(Entity):
    is_on: bool | None = None

    @property
    def state(self) -> str | None:
        return None if self.is_on is None else "on" if self.is_on else "off"


class ScannerEntity(Entity):
    is_connected: bool | None = None

    @property
    def state(self) -> str | None:
        return None if self.is_connected is None else "home" if self.is_connected else "not_home"


class SensorEntity(Entity):
    native_value: Any = None

    @property
    def state(self) -> Any:
        return self.native_value


class ButtonEntity(Entity):
    state = None


class EventEntity(Entity):
    _attr_event_types: list[str] = []
    state: Any = None

    def _trigger_event(self, kind: str, attributes: dict[str, Any]) -> None:
        assert kind in self._attr_event_types
        self.state = (kind, attributes)


class Device:
    def __init__(self, key: str, info: dict[str, Any]) -> None:
        self.id, self.info, self.identifiers = key, info, info["identifiers"]
        self.connections: set[tuple[str, str]] = info.get("connections", set())


class DeviceRegistry:
    def __init__(self) -> None:
        self.devices: dict[str, Device] = {}

    def async_get_or_create(self, *, config_entry_id: str, identifiers: set[Any], **info: Any) -> Device:
        [(_, key)] = identifiers
        others = [device for other, device in self.devices.items() if other != key]
        mine = info.get("connections", set())
        assert all(mine.isdisjoint(device.connections) for device in others), "it would become one with another device"
        self.devices[key] = Device(key, {"identifiers": identifiers, **info})
        return self.devices[key]

    def async_update_device(self, device_id: str, *, new_connections: set[Any]) -> None:
        self.devices[device_id].connections = new_connections

    def async_remove_device(self, device_id: str) -> None:
        del self.devices[device_id]


class Entry:
    """A config entry."""

    entry_id = "entry"
    title = "Home"

    def __init__(self, data: dict[str, Any], options: dict[str, Any] | None = None) -> None:
        self.data, self.options = MappingProxyType(data), MappingProxyType(options or {})
        self.state = ConfigEntryState.LOADED
        self.runtime_data: Any = None
        self.undo: list[Callable[[], Any]] = []
        self.is_asking_for_login = False

    def __class_getitem__(cls, _item: Any) -> Any:
        return cls

    def async_on_unload(self, undo: Callable[[], Any]) -> None:
        self.undo.append(undo)

    def async_start_reauth(self, _hass: Any) -> None:
        self.is_asking_for_login = True


class ConfigEntryState(StrEnum):
    LOADED = "loaded"


class AbortFlow(Exception):
    pass


class Flow:
    hass: Any = None
    entry: Entry | None = None
    known_ids: tuple[str, ...] = ()
    unique_id: str | None = None

    def __init_subclass__(cls, domain: str | None = None) -> None:
        cls.domain = domain

    config_entry = property(lambda self: self.entry)

    def _get_reauth_entry(self) -> Any:
        return self.entry

    _get_reconfigure_entry = _get_reauth_entry

    async def async_set_unique_id(self, unique_id: str) -> None:
        self.unique_id = unique_id

    def _abort_if_unique_id_configured(self) -> None:
        if self.unique_id in self.known_ids:
            raise AbortFlow("already_configured")

    def add_suggested_values_to_schema(self, schema: Any, _values: Any) -> Any:
        return schema

    def async_show_form(self, *, step_id: str, errors: dict[str, str] | None = None, **_rest: Any) -> Any:
        return ("form", step_id, errors or {})

    def async_create_entry(self, *, title: str = "", data: Any) -> Any:
        return ("entry", title, data)

    def async_abort(self, *, reason: str) -> Any:
        return ("abort", reason, {})

    def async_update_reload_and_abort(self, entry: Entry, *, data_updates: dict[str, Any]) -> Any:
        entry.data = MappingProxyType({**entry.data, **data_updates})
        return ("abort", "successful", {})


class Hass:
    """Home Assistant with one entry, the modules of whose platforms are given."""

    def __init__(self, session: Any) -> None:
        self.session = session
        self.registry = DeviceRegistry()
        self.states: dict[str, Any] = {}
        self.entities: dict[str, Entity] = {}
        self.bus = self.config_entries = self

    def async_listen_once(self, _event: str, _listener: Any) -> Callable[[], None]:
        return lambda: None

    async def async_forward_entry_setups(self, entry: Entry, platforms: list[str]) -> None:
        import asyncio
        import importlib

        def add(entities: list[Entity]) -> None:
            for entity in entities:
                assert entity.unique_id is not None and entity.unique_id not in self.states, entity.unique_id
                [(_, key)] = entity.device_info["identifiers"]
                assert key in self.registry.devices, f"{entity.unique_id} comes before its device"
                entity.hass = self
                self.entities[entity.unique_id] = entity
                entity.async_write_ha_state()
                asyncio.get_running_loop().create_task(entity.async_added_to_hass())

        for platform in platforms:
            module = importlib.import_module(f"custom_components.netpilot.{platform}")
            await module.async_setup_entry(self, entry, add)


def names(**values: Any) -> dict[str, Any]:
    return values


def install() -> None:
    """Makes it what `import homeassistant` finds."""
    callback = names(callback=lambda function: function)
    toggles = {"BinarySensorDeviceClass": StrEnum("B", {"CONNECTIVITY": "connectivity"})}
    modules = {
        "voluptuous": names(Schema=Anything, Required=lambda name, **_: name),
        "homeassistant": {},
        "homeassistant.config_entries": names(
            ConfigEntry=Entry, ConfigEntryState=ConfigEntryState, ConfigFlow=Flow, ConfigFlowResult=Any,
            OptionsFlowWithReload=Flow,
        ),
        "homeassistant.const": names(
            CONF_TOKEN="token", CONF_URL="url", CONF_VERIFY_SSL="verify_ssl", EVENT_HOMEASSISTANT_STOP="stop",
            Platform=StrEnum("P", {n.upper(): n for n in (
                "binary_sensor", "button", "device_tracker", "event", "sensor", "switch")}),
            UnitOfInformation=StrEnum("U", {"BYTES": "B", "MEGABYTES": "MB"}), UnitOfTime=StrEnum("T", {"MINUTES": "min"}),
        ),
        "homeassistant.core": names(HomeAssistant=Hass, CALLBACK_TYPE=Any, **callback),
        "homeassistant.exceptions": names(
            HomeAssistantError=HomeAssistantError, ConfigEntryAuthFailed=ConfigEntryAuthFailed,
            ConfigEntryNotReady=ConfigEntryNotReady,
        ),
        "homeassistant.helpers": {},
        "homeassistant.helpers.aiohttp_client": names(async_get_clientsession=lambda hass, verify_ssl: hass.session),
        "homeassistant.helpers.device_registry": names(
            async_get=lambda hass: hass.registry, CONNECTION_NETWORK_MAC="mac", DeviceEntry=Device, DeviceInfo=dict,
            DeviceRegistry=DeviceRegistry,
            DeviceEntryType=StrEnum("D", {"SERVICE": "service"}),
            async_entries_for_config_entry=lambda registry, _entry: list(registry.devices.values()),
        ),
        "homeassistant.helpers.entity": names(Entity=Entity),
        "homeassistant.helpers.entity_platform": names(AddConfigEntryEntitiesCallback=Any),
        "homeassistant.helpers.event": names(async_track_time_interval=lambda hass, action, interval: lambda: None),
        "homeassistant.helpers.selector": names(
            **{name: Anything for name in (
                "BooleanSelector", "SelectOptionDict", "SelectSelector", "SelectSelectorConfig", "TextSelector",
                "TextSelectorConfig")},
            TextSelectorType=StrEnum("S", {"PASSWORD": "password", "URL": "url"}),
        ),
        "homeassistant.components": {},
        "homeassistant.components.binary_sensor": names(BinarySensorEntity=ToggleEntity, **toggles),
        "homeassistant.components.button": names(ButtonEntity=ButtonEntity),
        "homeassistant.components.device_tracker": names(
            ScannerEntity=ScannerEntity, SourceType=StrEnum("R", {"ROUTER": "router"})
        ),
        "homeassistant.components.diagnostics": names(async_redact_data=redact),
        "homeassistant.components.event": names(EventEntity=EventEntity),
        "homeassistant.components.sensor": names(
            SensorEntity=SensorEntity,
            SensorDeviceClass=StrEnum("C", {"DURATION": "duration", "DATA_SIZE": "data_size"}),
            SensorStateClass=StrEnum("K", {"TOTAL_INCREASING": "total_increasing"}),
        ),
        "homeassistant.components.switch": names(SwitchEntity=ToggleEntity),
    }
    for name, values in modules.items():
        module = ModuleType(name)
        module.__path__ = []  # it may have modules below it
        vars(module).update(values)
        sys.modules[name] = module
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], child, module)


def redact(data: Any, secret: set[str]) -> Any:
    if isinstance(data, dict):
        return {key: "**REDACTED**" if key in secret else redact(value, secret) for key, value in data.items()}
    return [redact(each, secret) for each in data] if isinstance(data, list) else data
