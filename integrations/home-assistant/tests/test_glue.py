"""
The modules that need Home Assistant, run with the stand-in of `stand_in.py` against a real NetPilot: that they fit together and show what
is known. Whether Home Assistant itself agrees only a Home Assistant can say.
"""

import json
from pathlib import Path
import sys
from typing import Any
import unittest

import context  # noqa: F401
from home_control import URL, Controlled
import stand_in

if "homeassistant" not in sys.modules:
    stand_in.install()
sys.path.insert(0, str(Path(__file__).parents[1]))

import custom_components.netpilot as integration  # noqa: E402
from custom_components.netpilot.config_flow import NetPilotConfigFlow, NetPilotOptionsFlow  # noqa: E402
from custom_components.netpilot.diagnostics import async_get_config_entry_diagnostics  # noqa: E402


@unittest.skipUnless(URL, "home-assistant.test.ts starts these")
class Glue(Controlled):
    async def asyncSetUp(self) -> None:
        await super().asyncSetUp()
        self.hass = stand_in.Hass(self.session)
        self.login = {"url": f"{URL}/", "token": f" {self.token} ", "verify_ssl": True}

    def flow(self, kind: Any = NetPilotConfigFlow, entry: Any = None, known: tuple[str, ...] = ()) -> Any:
        flow = kind()
        flow.hass, flow.entry, flow.known_ids = self.hass, entry, known
        return flow

    async def add(self) -> Any:
        kind, title, data = await self.flow().async_step_user(self.login)
        self.assertEqual((kind, data["url"], data["token"]), ("entry", URL, self.token))
        self.assertTrue(title)
        return data

    async def set_up(self, **options: Any) -> stand_in.Entry:
        entry = stand_in.Entry(await self.add(), options)

        async def unload() -> None:
            for undo in entry.undo:
                coroutine = undo()
                if coroutine is not None:
                    await coroutine

        self.addAsyncCleanup(unload)
        self.assertTrue(await integration.async_setup_entry(self.hass, entry))
        return entry

    async def until_shown(self, key: str, *expected: Any) -> None:
        await self.until(lambda: self.hass.states.get(key) in expected, lambda: f"{key}: {self.hass.states.get(key)}")

    async def test_the_flow_adds_a_home_once_and_says_at_which_field_something_is_wrong(self) -> None:
        data = await self.add()
        with self.assertRaisesRegex(stand_in.AbortFlow, "already_configured"):
            await self.flow(known=(data["home_id"],)).async_step_user(self.login)
        for wrong, errors in (
            ({"url": "netpilot"}, {"url": "no_url"}),
            ({"url": "http://127.0.0.1:1"}, {"url": "cannot_connect"}),
            ({"token": "np_wrong"}, {"token": "invalid_auth"}),
        ):
            self.assertEqual(await self.flow().async_step_user({**self.login, **wrong}), ("form", "user", errors))
        self.assertEqual(await self.flow().async_step_user(), ("form", "user", {}))

    async def test_of_several_homes_one_is_chosen(self) -> None:
        manager = self.api((await self.control("token", scopes=["manage"]))["token"])
        other = await manager.post("/homes", {"name": "Cabin"})
        try:
            flow = self.flow()
            self.assertEqual(await flow.async_step_user(self.login), ("form", "home", {}))
            kind, title, data = await flow.async_step_home({"home_id": other["id"]})
            self.assertEqual((kind, title, data["home_id"]), ("entry", "Cabin", other["id"]))
            entry = stand_in.Entry({**data, "home_id": "gone"})
            for step in ("async_step_reauth_confirm", "async_step_reconfigure"):
                _, _, errors = await getattr(self.flow(entry=entry), step)(self.login)
                self.assertEqual(errors, {"token": "other_home"})
        finally:
            await manager.delete(f"/homes/{other['id']}")

    async def test_a_revoked_token_asks_for_a_new_one_which_takes_its_place(self) -> None:
        await self.put("revoked", 121)
        entry = await self.set_up()
        await self.control("end-tokens")
        await self.until(lambda: entry.is_asking_for_login)
        with self.assertRaises(stand_in.ConfigEntryAuthFailed):
            await integration.async_setup_entry(stand_in.Hass(self.session), stand_in.Entry(dict(entry.data)))
        flow = self.flow(entry=entry)
        self.assertEqual(await flow.async_step_reauth(entry.data), ("form", "reauth_confirm", {}))
        token = (await self.control("token"))["token"]
        self.assertEqual((await flow.async_step_reauth_confirm({"token": token}))[:2], ("abort", "successful"))
        self.assertEqual(entry.data["token"], token)

    async def test_a_service_that_is_down_is_tried_again_later(self) -> None:
        data = await self.add()
        entry = stand_in.Entry({**data, "url": "http://127.0.0.1:1"})
        with self.assertRaises(stand_in.ConfigEntryNotReady):
            await integration.async_setup_entry(self.hass, entry)

    async def test_entities_show_a_device_and_switch_it(self) -> None:
        await self.put("shown", 122)
        key = await self.device_id("shown")
        entry = await self.set_up(automatic=False, devices=[key])
        self.assertEqual(self.hass.states[f"{key}_tracker"], "home")
        tracker = self.hass.entities[f"{key}_tracker"]
        self.assertEqual((tracker.ip_address, tracker.hostname), ("192.168.1.122", "shown"))
        self.assertEqual(tracker.mac_address, "02:00:00:00:0a:7a")
        self.assertEqual(self.hass.registry.devices[key].info["connections"], {("mac", "02:00:00:00:0a:7a")})
        await self.until_shown(f"{key}_internet", "on")
        switch = self.hass.entities[f"{key}_internet"]
        await switch.async_turn_off()
        await self.until_shown(f"{key}_internet", "off")
        self.assertEqual(switch.extra_state_attributes["reason"], "block")
        self.assertIsNone(self.hass.states[f"{key}_minutes_left"])
        with self.assertRaises(stand_in.HomeAssistantError) as raised:
            await self.hass.entities[f"{key}_add_time"].async_press()
        self.assertEqual(raised.exception.translation_key, "blocked_by_block")
        await switch.async_turn_on()
        await self.until_shown(f"{key}_internet", "on")
        await self.hass.entities[f"{key}_pause"].async_press()
        await self.until_shown(f"{key}_internet", "off")
        self.assertIn(self.hass.states[f"{key}_minutes_left"], (29, 30, 31))
        await switch.async_turn_on()
        await self.until_shown(f"{key}_internet", "on")
        await self.put("shown", 122, online=False)
        await self.until_shown(f"{key}_tracker", "not_home")
        # As after a restart of Home Assistant.
        self.hass = stand_in.Hass(self.session)
        await self.set_up(**entry.options)
        self.assertEqual(self.hass.states[f"{key}_tracker"], "not_home")

    async def test_entities_come_and_go_with_devices_and_people(self) -> None:
        await self.put("named-later", 123)
        key = await self.device_id("named-later")
        entry = await self.set_up()
        home = entry.runtime_data
        self.assertNotIn(f"{key}_tracker", self.hass.states)
        manager = self.api((await self.control("token", scopes=["manage"]))["token"], home_id=home.id)
        path = f"/routers/{home.state.devices[key]['router_id']}/devices/{key}"
        await manager.patch(path, {"device_name": "Scale"})
        await self.until_shown(f"{key}_tracker", "home")
        self.assertEqual(self.hass.registry.devices[key].info["name"], "Scale")
        self.assertFalse(
            await integration.async_remove_config_entry_device(self.hass, entry, self.hass.registry.devices[key])
        )
        person = await manager.post(f"/homes/{home.id}/people", {"name": "Mia"})
        await self.until_shown(f"{person['id']}_internet", "on")
        await manager.delete(f"/homes/{home.id}/people/{person['id']}")
        await self.until(lambda: person["id"] not in self.hass.registry.devices)
        await manager.patch(path, {"device_name": None})
        await self.until(lambda: key not in self.hass.registry.devices)

    async def test_devices_that_are_unmerged_have_their_own_macs_again(self) -> None:
        await self.put("phone", 126)
        await self.put("phone-new-mac", 127)
        kept, merged = await self.device_id("phone"), await self.device_id("phone-new-mac")
        entry = await self.set_up(automatic=False, devices=[kept, merged])
        home = entry.runtime_data
        manager = self.api((await self.control("token", scopes=["manage"]))["token"])
        path = f"/routers/{home.state.devices[kept]['router_id']}/devices"
        macs = {("mac", "02:00:00:00:0a:7e"), ("mac", "02:00:00:00:0a:7f")}
        await manager.post(f"{path}/{kept}/merge", {"device_id": merged})
        await self.until(lambda: merged not in self.hass.registry.devices)
        await self.until(lambda: self.hass.registry.devices[kept].connections == macs)
        await manager.post(f"{path}/{kept}/unmerge", {"device_id": merged})
        await self.until(lambda: merged in self.hass.registry.devices)
        await self.until(lambda: len(self.hass.registry.devices[kept].connections) == 1)

    async def test_a_router_and_new_devices_are_shown(self) -> None:
        entry = await self.set_up()
        home = entry.runtime_data
        [router] = home.state.routers
        self.assertEqual(self.hass.states[f"{home.id}_{router}_connected"], "on")
        self.assertIn(self.hass.states[f"{home.id}_{router}_router_internet"], ("on", None))
        await self.put("never-seen", 124)
        await self.until(lambda: isinstance(self.hass.states[f"{home.id}_new_device"], tuple))
        kind, found = self.hass.states[f"{home.id}_new_device"]
        self.assertEqual((kind, found["hostname"], found["has_random_mac"]), ("new_device", "never-seen", True))

    async def test_options_offer_every_device(self) -> None:
        entry = await self.set_up()
        flow = self.flow(NetPilotOptionsFlow, entry)
        self.assertEqual(await flow.async_step_init(), ("form", "init", {}))
        chosen = {"automatic": False, "devices": []}
        self.assertEqual(await flow.async_step_init(chosen), ("entry", "", chosen))

    async def test_diagnostics_tell_neither_the_token_nor_who_lives_there(self) -> None:
        await self.put("secret-name", 125)
        entry = await self.set_up()
        text = json.dumps(await async_get_config_entry_diagnostics(self.hass, entry), default=str)
        self.assertIn('"snapshots": 1', text)
        for secret in (self.token, "secret-name", "02:00:00:00:0a:7d", "192.168.1.125"):
            self.assertNotIn(secret, text)


if __name__ == "__main__":
    unittest.main()
