"""A phone on which the page of the local VK is photographed."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, async_playwright

from docs.screenshots.stage import Actor

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    # Letters are drawn alike on every machine that has the same fonts.
    *("--font-render-hinting=none", "--disable-lcd-text"),
)
WIDTH = 420
ROOMY = 2400
TALL_ENOUGH_FOR_THE_MENU = 860  # below that the page lets it scroll
SHARPNESS = 2
PROJECTOR: ViewportSize = {"width": 1280, "height": 720}

# Leaves the newest messages and the day above them; gives the height at which exactly these fill the screen.
TRIM = """(messages) => {
    const list = document.querySelector(".messages");
    const shown = [...list.querySelectorAll(".message")].slice(-messages);
    let day = shown[0];
    while (day && !day.matches(".day")) day = day.previousElementSibling;
    for (const item of list.children) {
        if (item === day) continue;
        if (!(item.compareDocumentPosition(shown[0]) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
        item.style.display = "none";
    }
    document.activeElement?.blur();
    const history = document.querySelector(".history");
    return Math.ceil(innerHeight - history.clientHeight + list.getBoundingClientRect().height) + 16;
}"""

DRAWN = """async () => {
    await document.fonts.ready;
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
    for (const history of document.querySelectorAll(".history")) history.scrollTop = history.scrollHeight;
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
}"""


SHOWN = """async () => {
    await document.fonts.ready;
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
}"""


class Camera:
    """Takes pictures of one person's screen at a time. moment: seconds since the epoch, for «Сегодня»."""

    def __init__(self, browser: Browser, url: str, folder: Path, moment: Callable[[], float]) -> None:
        self._browser = browser
        self._url = url
        self._folder = folder
        self._moment = moment

    async def shoot(
        self, name: str, actor: Actor, *, messages: int = 1, at: int | None = None, with_menu: bool = False
    ) -> None:
        """Write the picture of that name, as `story.Camera` asks for it."""
        context = await self._phone()
        page = await self._opened(context, f"{actor.id}" if at is None else f"{at}:{actor.id}")
        menu = page.locator(".fold:visible")
        if not with_menu and await menu.count():
            await menu.click()
        height: int = max(await page.evaluate(TRIM, messages), TALL_ENOUGH_FOR_THE_MENU if with_menu else 0)
        await page.set_viewport_size({"width": WIDTH, "height": height})
        await page.evaluate(DRAWN)
        await page.screenshot(path=self._folder / f"{name}.png", animations="disabled", caret="hide")
        await context.close()

    async def project(self, name: str, address: str) -> None:
        """Write what the session's screen shows on a projector, as `session_story.Camera` asks for it."""
        context = await self._browser.new_context(
            viewport=PROJECTOR, locale="ru-RU", timezone_id="Europe/Moscow", color_scheme="dark",
            reduced_motion="reduce",
        )  # fmt: skip
        page = await context.new_page()
        await page.goto(address)
        await page.evaluate(SHOWN)
        await page.screenshot(path=self._folder / f"{name}.png", animations="disabled")
        await context.close()

    async def _phone(self) -> BrowserContext:
        return await self._browser.new_context(
            viewport={"width": WIDTH, "height": ROOMY},
            device_scale_factor=SHARPNESS,
            locale="ru-RU",
            timezone_id="Europe/Moscow",
            color_scheme="light",
            reduced_motion="reduce",
        )

    async def _opened(self, context: BrowserContext, address: str) -> Page:
        page = await context.new_page()
        await page.clock.set_fixed_time(self._moment())
        await page.goto(f"{self._url}/#/{address}")
        await page.locator(".message").last.wait_for()
        await page.evaluate(DRAWN)
        return page


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    """The system's Chromium, without a window. Raises FileNotFoundError where there is none."""
    if not CHROMIUM.exists():
        raise FileNotFoundError(f"no Chromium at {CHROMIUM}: install it, the pictures are made with it")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        await browser.close()
