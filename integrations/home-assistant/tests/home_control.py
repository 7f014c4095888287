"""What the tests against a real NetPilot have in common: `home-assistant.test.ts` starts it, and does what is asked here."""

import asyncio
from collections.abc import Callable
import os
from typing import Any
import unittest

import aiohttp

import context  # noqa: F401
from netpilot_home.api import Api

URL = os.environ.get("NETPILOT_TEST_URL", "")
CONTROL = os.environ.get("NETPILOT_TEST_CONTROL", "")
# For what hangs, not for what is slow.
PATIENCE = 120


class Controlled(unittest.IsolatedAsyncioTestCase):
    """Has a token, and what happens in the home is in its hands."""

    async def asyncSetUp(self) -> None:
        self.session = await self.enterAsyncContext(aiohttp.ClientSession())
        self.token = (await self.control("token"))["token"]

    async def control(self, name: str, **wish: Any) -> Any:
        """Has something happen; it has happened when this returns."""
        async with self.session.post(f"{CONTROL}/{name}", json=wish) as response:
            self.assertEqual(response.status, 200, await response.text())
            return await response.json(content_type=None)

    async def put(self, hostname: str, number: int, online: bool = True) -> None:
        """A device comes, or goes."""
        device = {"mac": f"02:00:00:00:0a:{number:02x}", "ip": f"192.168.1.{number}", "hostname": hostname}
        await self.control("device", device={**device, "online": online})

    def api(self, token: str | None = None, url: str = URL, home_id: str | None = None) -> Api:
        """NetPilot, asked with this token."""
        return Api(self.session, url, self.token if token is None else token, home_id)

    async def device_id(self, hostname: str) -> str:
        """Once NetPilot knows the device."""
        found: list[str] = []

        async def look() -> bool:
            items = await self.api().pages("/devices", limit=1000)
            found[:] = [device["id"] for device in items if device["hostname"] == hostname]
            return bool(found)

        async with asyncio.timeout(PATIENCE):
            while not await look():
                await asyncio.sleep(0.05)
        return found[0]

    async def until(self, holds: Callable[[], bool], says: Callable[[], str] = lambda: "it never held") -> None:
        """Resolves once it holds."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not holds():
                    await asyncio.sleep(0.02)
        except TimeoutError:
            self.fail(says())
