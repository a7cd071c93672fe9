"""Everything that matters can be read from the last row without scrolling, in a dark room and in a light one."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from bot.domain.identifiers import TeamId, WorkId
from bot.domain.sessions.agenda import Phase
from bot.domain.sessions.screen import Screen, ScreenMember, ScreenTeam
from tests.web.conftest import Wall
from tests.web.rooms import a_stage, a_vote, every_scene, gathering, in_phase, some_teams

pytestmark = pytest.mark.asyncio(loop_scope="session")
MEASURES = (Path(__file__).parent / "measures.js").read_text(encoding="utf-8")
SAYS = "(text) => document.querySelector('main').textContent.includes(text)"
THEME = "document.documentElement.dataset.theme"
RUSSIAN_T = "() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'е', code: 'KeyT', bubbles: true }))"
HOSTILE = '"><script>alert(1)</script>\u202eмоск'


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
@pytest.mark.parametrize("teams", [8, 40])
async def test_every_scene_fits_the_wall_in_large_and_clear_letters(
    wall: Wall, jpeg: bytes, width: int, height: int, teams: int
) -> None:
    wall.room.pictures[WorkId(1)] = jpeg
    await wall.page.set_viewport_size({"width": width, "height": height})
    await wall.opens(gathering())
    for number, screen in enumerate(every_scene(teams, members=25)):
        await turns_to(wall, screen, number)
        measured: dict[str, Any] = await wall.page.evaluate(MEASURES)
        assert (measured["scrolls"], measured["cut"], measured["outside"]) == (False, [], []), number
        assert measured["smallest"] >= 18 * height / 720, number
        assert measured["faintest"]["contrast"] >= 7, (number, measured["faintest"])
        await wall.page.evaluate(f"() => {{ {THEME} = 'light'; }}")
        lit: dict[str, Any] = await wall.page.evaluate(MEASURES)
        assert lit["faintest"]["contrast"] >= 7, (number, lit["faintest"])
        await wall.page.evaluate(f"() => {{ {THEME} = 'dark'; }}")


async def test_few_teams_are_shown_with_members_and_many_without(wall: Wall) -> None:
    await wall.opens(in_phase(Phase.WORK, teams=some_teams(6)))
    await expect(wall.page.locator(".members").first).to_be_visible()
    wall.room.show(in_phase(Phase.WORK, teams=some_teams(40, members=25), joined=1000))
    await expect(wall.page.locator(".members").first).to_be_hidden()
    assert len(await wall.texts(".team-size")) == 40


async def test_the_countdown_is_by_far_the_largest_thing_on_the_wall(wall: Wall) -> None:
    await wall.opens(in_phase(Phase.WORK))
    assert await font_size(wall.page.locator(".digits")) > 3.5 * await font_size(wall.page.locator("h1"))
    assert await font_size(wall.page.locator(".digits")) > 720 / 6


async def test_text_grows_where_there_is_room_for_it(wall: Wall) -> None:
    await wall.opens(in_phase(Phase.WORK, teams=(), stage=a_stage(Phase.WORK, task="Назовите три причины.")))
    assert await font_size(wall.page.locator(".task")) > 2.5 * 18


async def test_a_window_that_becomes_smaller_is_made_to_fit_again(wall: Wall) -> None:
    await wall.page.set_viewport_size({"width": 1920, "height": 1080})
    await wall.opens(in_phase(Phase.VOTE, vote=a_vote(*range(40)), teams=some_teams(40)))
    await wall.page.set_viewport_size({"width": 1280, "height": 720})
    await wall.page.wait_for_function("() => document.querySelector('.chart').scrollHeight < 600")
    assert (await wall.page.evaluate(MEASURES))["cut"] == []


async def test_a_phone_shows_everything_in_one_column_wide_enough_to_read(wall: Wall) -> None:
    await wall.page.set_viewport_size({"width": 390, "height": 844})
    await wall.opens(gathering())
    for number, screen in enumerate(every_scene(8)):
        await turns_to(wall, replace(screen, works=()), number)
        measured: dict[str, Any] = await wall.page.evaluate(MEASURES)
        assert await wall.page.evaluate("() => document.scrollingElement.scrollWidth") == 390, number
        assert measured["smallest"] >= 16, number


async def test_the_system_decides_light_or_dark_until_somebody_presses_t(own_wall: Wall) -> None:
    wall = own_wall
    async with wall.room.served() as wall.address:
        await wall.page.emulate_media(color_scheme="light")
        await wall.opens(gathering())
        assert await ground(wall) > 200
        await wall.page.keyboard.press("KeyT")
        assert await ground(wall) < 40
        await wall.page.evaluate(RUSSIAN_T)
        assert await ground(wall) > 200
        await wall.page.keyboard.press("KeyT")
        await wall.opens(gathering())
        assert await ground(wall) < 40
        await wall.page.get_by_role("button", name="Светлая или тёмная тема: клавиша T").click()
        assert await ground(wall) > 200
        await wall.leaves()


async def test_a_keyboard_reaches_the_code_and_both_buttons(wall: Wall) -> None:
    await wall.opens(gathering())
    reached = []
    for _ in range(3):
        await wall.page.keyboard.press("Tab")
        reached.append(await wall.page.evaluate("() => document.activeElement.getAttribute('aria-label')"))
    assert reached == [
        "Вступить в сессию",
        "Светлая или тёмная тема: клавиша T",
        "Во весь экран: клавиша F",
    ]


async def test_a_hostile_name_is_only_ever_text_and_turns_nothing_around(wall: Wall) -> None:
    team = ScreenTeam(TeamId(101), 1, HOSTILE, (ScreenMember(1, HOSTILE),))
    screen = in_phase(Phase.WORK, teams=(team,), title=HOSTILE, stage=a_stage(Phase.WORK, title=HOSTILE, task=HOSTILE))
    wall.page.on("dialog", lambda dialog: wall.complaints.append(dialog.message))
    await wall.opens(screen)
    await expect(wall.page.locator(".team-words")).to_have_text(HOSTILE)
    await expect(wall.page.locator("main script")).to_have_count(0)
    number, name, size = [await left(wall.page.locator(f".team-{part}")) for part in ("number", "words", "size")]
    assert number < name < size
    wall.room.show(replace(screen, joined=77))
    await wall.reads("Вступили 77 человек")
    await expect(wall.page.locator("main script")).to_have_count(0)


async def turns_to(wall: Wall, screen: Screen, number: int) -> None:
    """Let the stream bring a screen, and wait until it is there."""
    wall.room.show(replace(screen, title=f"Сессия {number}"))
    await wall.page.wait_for_function(SAYS, arg=f"Сессия {number}")


async def left(element: Locator) -> float:
    box = await element.bounding_box()
    assert box is not None
    return box["x"]


async def font_size(element: Locator) -> float:
    return float((await element.evaluate("one => getComputedStyle(one).fontSize")).removesuffix("px"))


async def ground(wall: Wall) -> int:
    """How light the page is, 0 to 255."""
    colour: str = await wall.page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    return int(colour.removeprefix("rgb(").split(",")[0])
