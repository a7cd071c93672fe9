"""«Внутренности»: the log of calls and events, and the switches that make VK misbehave."""

import json

from playwright.async_api import expect

from bot.emulator import Emulator, Person
from tests.emulator.page.conftest import Answers, Screen


async def test_a_fault_is_switched_on_counted_down_and_cleared(
    screen: Screen, emulator: Emulator, answers: Answers, anna: Person
) -> None:
    await screen.open(anna)
    await screen.button("Внутренности").click()
    await screen.page.keyboard.press("ArrowRight")
    await screen.page.get_by_label("Чего касается").fill("messages.send")
    await screen.page.get_by_label("Сколько раз").select_option("3 раза")
    await screen.button("Ошибка 9: флуд").click()
    active = screen.page.locator(".fault")
    await expect(active).to_have_text("ошибка 9 — messages.sendосталось: 3")
    assert await answers.bot.error("messages.send", peer_id=anna.id, message="?", random_id=1) == 9
    await expect(active).to_contain_text("осталось: 2")
    await screen.button("Снять все").click()
    await expect(screen.page.get_by_text("VK работает исправно")).to_be_visible()
    assert emulator.faults.waiting == []
    await screen.page.keyboard.press("Escape")
    await expect(screen.button("Внутренности")).to_be_focused()


async def test_the_log_unfolds_a_batch_finds_errors_and_never_shows_a_token(
    screen: Screen, emulator: Emulator, answers: Answers, anna: Person
) -> None:
    await answers.say(anna, "До открытия")
    await screen.open(anna)
    await screen.button("Внутренности").click()
    lines = screen.page.locator(".log-lines summary")
    await expect(lines.filter(has_text="messages.send")).to_have_count(1)
    sends = [{"peer_id": peer, "message": "Пачкой {", "random_id": peer} for peer in (anna.id, 77)]
    code = ",".join(f"API.messages.send({json.dumps(send, ensure_ascii=False)})" for send in sends)
    await answers.bot.whole("execute", code=f"return [{code}];")
    await expect(lines.last).to_contain_text("execute × 2")
    await screen.page.get_by_label("Только ошибки").check()
    await expect(lines).to_have_count(1)
    await expect(lines).to_contain_text("ошибка 901")
    await lines.click()
    inner = screen.page.locator(".log-inner")
    await expect(inner).to_have_count(2)
    await expect(inner.last).to_contain_text('"error_code": 901')
    await expect(inner.first).not_to_contain_text("error")
    await expect(screen.page.locator(".log")).not_to_contain_text(emulator.token)


async def test_the_log_stays_short_in_a_burst_and_waits_while_paused(
    screen: Screen, emulator: Emulator, anna: Person
) -> None:
    await screen.open(anna)
    await screen.button("Внутренности").click()
    await expect(screen.page.locator(".log-state")).to_contain_text("Здесь появятся")
    for number in range(900):
        emulator.changes.tell("call", emulator.calls.add(1_760_000_000.0, f"test.call{number}", {}, {"response": 1}))
    lines = screen.page.locator(".log-lines > li")
    await expect(lines.last).to_contain_text("test.call899")
    await expect(lines).to_have_count(400)
    await screen.button("Пауза").click()
    emulator.changes.tell("call", emulator.calls.add(1_760_000_000.0, "test.late", {}, {"response": 1}))
    await expect(screen.page.locator(".log-state")).to_have_text("Пауза, новых: 1")
    await expect(lines.last).to_contain_text("test.call899")
    await screen.button("Пауза").click()
    await expect(lines.last).to_contain_text("test.late")
