"""The campaign's clock in the chat page's header."""

from datetime import timedelta

from playwright.async_api import expect

from bot.emulator import Emulator
from tests.emulator.page.conftest import CampaignTime, Screen


async def test_the_clock_shows_campaign_time_and_moves_by_an_hour_and_a_day(
    screen: Screen, campaign_time: CampaignTime
) -> None:
    await screen.open()
    face = screen.page.locator(".clock-face")
    await expect(face).to_contain_text("ср, 8 ноября 2017, 09:00")
    start = campaign_time.now()
    await face.click()
    await screen.button("+1 час").click()
    await expect(face).to_contain_text("ср, 8 ноября 2017, 10:00")
    await screen.button("+1 день").click()
    await expect(face).to_contain_text("чт, 9 ноября 2017, 10:00")
    assert campaign_time.now() == start + timedelta(days=1, hours=1)


async def test_the_clock_is_set_in_the_campaigns_own_offset(screen: Screen, campaign_time: CampaignTime) -> None:
    await screen.open()
    await screen.page.locator(".clock-face").click()
    await screen.page.get_by_label("Дата и время").fill("2017-11-20T07:30")
    await screen.button("Установить").click()
    await expect(screen.page.locator(".clock-face")).to_contain_text("пн, 20 ноября 2017, 07:30")
    assert campaign_time.now().isoformat() == "2017-11-20T07:30:00+03:00"


async def test_the_clock_goes_to_the_next_nine_and_fifteen_o_clock_later_today_or_tomorrow(
    screen: Screen, campaign_time: CampaignTime
) -> None:
    await screen.open()
    face = screen.page.locator(".clock-face")
    await face.click()
    group = screen.page.get_by_role("group", name="До ближайших")
    for hour, shown in (("15:00", "ср, 8 ноября 2017, 15:00"), ("9:00", "чт, 9 ноября 2017, 09:00")):
        await group.get_by_role("button", name=hour, exact=True).click()
        await expect(face).to_contain_text(shown)
    await group.get_by_role("button", name="9:00", exact=True).click()
    await expect(face).to_contain_text("пт, 10 ноября 2017, 09:00")
    assert campaign_time.now().isoformat() == "2017-11-10T09:00:00+03:00"


async def test_a_move_that_the_clock_does_not_allow_is_told_in_the_panel(screen: Screen, complaints: list[str]) -> None:
    await screen.open()
    await screen.page.locator(".clock-face").click()
    await screen.page.get_by_label("Дата и время").fill("2017-11-01T07:30")
    await screen.button("Установить").click()
    await expect(screen.page.get_by_role("alert")).to_contain_text("the clock goes forward only")
    await screen.page.keyboard.press("Escape")
    await expect(screen.page.get_by_label("Дата и время")).to_be_hidden()
    await expect(screen.page.locator(".clock-face")).to_be_focused()
    complaints.clear()


async def test_a_move_made_elsewhere_is_shown_at_once(
    screen: Screen, emulator: Emulator, campaign_time: CampaignTime
) -> None:
    await screen.open()
    campaign_time.advance(timedelta(minutes=5))
    emulator.changes.tell("clock", campaign_time)
    await expect(screen.page.locator(".clock-face")).to_contain_text("09:05")


async def test_without_a_clock_plugged_in_none_is_shown(screen: Screen, emulator: Emulator) -> None:
    emulator.clock = None
    await screen.open()
    await expect(screen.page.locator(".clock")).to_be_hidden()
