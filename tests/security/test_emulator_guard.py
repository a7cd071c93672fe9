"""The local VK's control API and page have no password: no other site in the same browser may reach them."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.emulator import Emulator

PATHS = (
    "/",
    "/control/persons",
    "/control/stream",
    "/control/community",
    "/page/app.js",
    "/control/nothing",
    "/control/../",
)
STRICT = {
    "content-security-policy", "x-content-type-options", "referrer-policy", "x-frame-options",
    "cross-origin-resource-policy", "cache-control",
}  # fmt: skip
FOREIGN_HOSTS = (
    "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "",
    "2130706433.example", "localhost:8026.evil.example", "[::1].evil.example", "xn--localhost",
)  # fmt: skip
FOREIGN = (
    "Origin: http://evil.example", "Origin: null", "Origin: file://", "Origin: http://127.0.0.1:1", "Origin:",
    "Origin: https://{host}", "Origin: http://{host}.evil.example", "Origin: http://{host}/",
    "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site",
)  # fmt: skip


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    emulator = Emulator()
    async with emulator.serving():
        yield emulator


async def test_a_name_that_points_to_this_machine_is_not_this_machine(emulator: Emulator) -> None:
    """Rebinding: the browser believes that it talks to evil.example, and says so in Host."""
    for path in PATHS[:-2]:
        for host in FOREIGN_HOSTS:
            status, _ = await asked(emulator, f"GET {path} HTTP/1.1", f"Host: {host}")
            assert status in (400, 403), (path, host)


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "PUT", "OPTIONS", "HEAD"])
async def test_no_request_of_another_site_is_served_whatever_its_method(emulator: Emulator, method: str) -> None:
    emulator.add_person("Анна", "К")
    host = emulator.url.removeprefix("http://")
    for header in FOREIGN:
        status, headers = await asked(
            emulator,
            f"{method} /control/persons HTTP/1.1",
            f"Host: {host}",
            header.format(host=host),
            "Content-Length: 0",
        )
        assert status == 403, header
        assert not [name for name in headers if name.startswith("access-control")], "no other site may read it"
    assert len(emulator.community.people) == 1


async def test_every_answer_carries_the_strict_headers_also_errors(emulator: Emulator) -> None:
    host = emulator.url.removeprefix("http://")
    for path in PATHS:
        if "stream" not in path:
            _, headers = await asked(emulator, f"GET {path} HTTP/1.1", f"Host: {host}")
            assert headers.keys() >= STRICT or path == "/control/../", path
            assert "unsafe" not in headers.get("content-security-policy", "")


async def test_the_page_serves_no_file_outside_its_folder(emulator: Emulator) -> None:
    host = emulator.url.removeprefix("http://")
    for climb in ("/page/../emulator.py", "/page/%2e%2e/emulator.py", "/page/..%2f..%2fapp.py", "/page//etc/passwd"):
        status, _ = await asked(emulator, f"GET {climb} HTTP/1.1", f"Host: {host}")
        assert status in (403, 404), climb


async def asked(emulator: Emulator, *lines: str) -> tuple[int, dict[str, str]]:
    """Status and headers of a request written by hand: no client would send some of these."""
    host, _, port = emulator.url.removeprefix("http://").partition(":")
    reading, writing = await asyncio.open_connection(host, int(port))
    writing.write("\r\n".join([*lines, "Connection: close", "", ""]).encode())
    head = (await asyncio.wait_for(reading.readuntil(b"\r\n\r\n"), 5)).decode().splitlines()
    writing.close()
    fields = (line.partition(":") for line in head[1:] if line)
    return int(head[0].split()[1]), {name.lower(): value.strip() for name, _, value in fields}
