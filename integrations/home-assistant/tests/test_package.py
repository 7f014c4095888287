"""The files that Home Assistant and HACS read, and that they fit the modules. Nothing of it is imported."""

import ast
import json
from pathlib import Path
import py_compile
import re
import tempfile
import unittest
from typing import Any

import context

FOLDER = context.INTEGRATION
ROOT = FOLDER.parents[1]
MODULES = sorted(FOLDER.rglob("*.py"))


def read(path: str) -> Any:
    return json.loads((FOLDER / path).read_text("utf-8"))


def source(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


def keys_of(texts: Any, path: str = "") -> dict[str, str]:
    """Each text by the path of its keys."""
    if isinstance(texts, str):
        return {path: texts}
    return {key: text for name, each in texts.items() for key, text in keys_of(each, f"{path}/{name}").items()}


STRINGS = keys_of(read("strings.json"))


class Files(unittest.TestCase):
    def test_can_all_be_compiled(self) -> None:
        self.assertGreater(len(MODULES), 15)
        with tempfile.TemporaryDirectory() as folder:
            for module in MODULES:
                py_compile.compile(str(module), str(Path(folder) / "compiled"), doraise=True)

    def test_name_what_home_assistant_and_hacs_need(self) -> None:
        manifest = read("manifest.json")
        self.assertEqual(manifest["domain"], FOLDER.name)
        self.assertEqual((manifest["iot_class"], manifest["config_flow"]), ("cloud_push", True))
        needed = {"codeowners", "documentation", "issue_tracker", "name", "requirements", "version"}
        self.assertEqual(needed - set(manifest), set())
        self.assertEqual(list(manifest), ["domain", "name", *sorted(set(manifest) - {"domain", "name"})])
        # Home Assistant has aiohttp already.
        self.assertEqual(manifest["requirements"], [])
        self.assertRegex(json.loads((ROOT / "hacs.json").read_text())["homeassistant"], r"^20\d\d\.\d+\.\d+$")
        self.assertTrue((FOLDER / "brand" / "icon.png").read_bytes().startswith(b"\x89PNG"))

    def test_the_part_without_home_assistant_imports_nothing_of_it(self) -> None:
        allowed = {"aiohttp"}
        for module in (FOLDER / "netpilot_home").glob("*.py"):
            for node in ast.walk(ast.parse(module.read_text("utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and node.level == 0:
                    names = [node.module or ""]
                if isinstance(node, ast.ImportFrom):
                    self.assertLess(node.level, 2, module)
                for name in names:
                    top = name.partition(".")[0]
                    self.assertTrue(top in allowed or _is_standard(top), f"{module.name} imports {name}")


def _is_standard(name: str) -> bool:
    import sys

    return name in sys.stdlib_module_names


class Texts(unittest.TestCase):
    def test_are_the_same_in_each_language_with_the_same_placeholders(self) -> None:
        self.assertEqual(read("translations/en.json"), read("strings.json"))
        german = keys_of(read("translations/de.json"))
        self.assertEqual(list(german), list(STRINGS))
        for key, text in STRINGS.items():
            self.assertEqual(re.findall(r"\{\w+\}", german[key]), re.findall(r"\{\w+\}", text), key)

    def test_exist_for_each_step_and_field_of_a_form(self) -> None:
        flow = source("config_flow.py")
        steps = set(re.findall(r'step_id="(\w+)"', flow))
        self.assertEqual(steps, {"user", "home", "reauth_confirm", "reconfigure", "init"})
        for step in steps:
            place = "options" if step == "init" else "config"
            self.assertIn(f"/{place}/step/{step}/title", STRINGS)
        fields = {"url", "token", "verify_ssl"}
        for step, names in {"user": fields, "reconfigure": fields, "reauth_confirm": {"token"}, "home": {"home_id"}}.items():
            for kind in ("data", "data_description"):
                found = {key.rpartition("/")[2] for key in STRINGS if key.startswith(f"/config/step/{step}/{kind}/")}
                self.assertEqual(found, names)

    def test_exist_for_each_error(self) -> None:
        raised = set(re.findall(r'LoginError\("(\w+)"', source("netpilot_home/login.py")))
        mapped = set(re.findall(r': "(\w+)",', source("netpilot_home/login.py")))
        own = set(re.findall(r': "(\w+)"\}', source("config_flow.py")))
        known = {key.rpartition("/")[2] for key in STRINGS if key.startswith("/config/error/")}
        self.assertEqual(known, raised | mapped | own | {"unknown"})

    def test_exist_for_each_entity_and_each_icon(self) -> None:
        icons = {f"{domain}/{key}" for domain, keys in read("icons.json")["entity"].items() for key in keys}
        named = {"/".join(key.split("/")[2:4]) for key in STRINGS if key.startswith("/entity/")}
        self.assertEqual(icons, named)
        for name in named:
            domain, key = name.split("/")
            self.assertIn(f'"{key}"', source(f"{domain}.py"))

    def test_exist_for_each_way_a_command_can_fail(self) -> None:
        known = {key.split("/")[2] for key in STRINGS if key.startswith("/exceptions/")}
        blocking = {"block", "pause", "exception", "schedule", "new_device", "mode"}
        self.assertEqual(known, {f"blocked_by_{kind}" for kind in blocking} | {"cannot_connect", "refused"})
        for key in ("cannot_connect", "refused"):
            self.assertIn(f'translation_key="{key}"', source("entity.py"))


if __name__ == "__main__":
    unittest.main()
