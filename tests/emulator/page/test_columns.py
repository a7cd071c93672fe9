"""Several people side by side in the chat page: columns when wide, tabs on a phone, keys in the list."""

from playwright.async_api import ViewportSize, expect

from bot.emulator import Emulator, Person
from tests.emulator.page.conftest import Answers, Screen


async def test_people_stand_side_by_side_and_the_address_names_who_is_open(
    screen: Screen, emulator: Emulator, answers: Answers, anna: Person, stranger: Person
) -> None:
    await screen.open(anna)
    await screen.page.locator(".person", has_text="Олег").hover()
    await screen.button("Открыть рядом: Олег Сомов").click()
    await expect(screen.page).to_have_url(f"{emulator.url}/#/{anna.id},{stranger.id}/2")
    await expect(screen.column("Анна Кузнецова").get_by_role("textbox")).to_be_visible()
    await screen.column("Олег Сомов").get_by_role("button", name="Начать").click()
    await answers.say(anna, "Вам, Анна")
    await answers.say(stranger, "Вам, Олег")
    await expect(screen.column("Анна Кузнецова").locator(".message").last).to_contain_text("Вам, Анна")
    await expect(screen.column("Олег Сомов").locator(".message").last).to_contain_text("Вам, Олег")
    await screen.column("Анна Кузнецова").get_by_role("button", name="Закрыть диалог").click()
    await expect(screen.page).to_have_url(f"{emulator.url}/#/{stranger.id}")
    await expect(screen.page.locator(".dialogue")).to_have_count(1)


async def test_a_phone_shows_one_of_the_open_dialogues_and_switches_by_a_tab(
    screen: Screen, emulator: Emulator, anna: Person, stranger: Person
) -> None:
    await screen.page.set_viewport_size(ViewportSize(width=360, height=740))
    await screen.page.goto(f"{emulator.url}/#/{anna.id},{stranger.id}")
    await expect(screen.column("Анна Кузнецова")).to_be_visible()
    await expect(screen.column("Олег Сомов")).to_be_hidden()
    await screen.button("Олег").click()
    await expect(screen.column("Олег Сомов")).to_be_visible()
    await expect(screen.column("Анна Кузнецова")).to_be_hidden()
    await screen.column("Олег Сомов").get_by_role("link", name="К списку людей").click()
    await screen.page.locator(".person", has_text="Анна").click()
    await expect(screen.page).to_have_url(f"{emulator.url}/#/{anna.id},{stranger.id}")
    await expect(screen.column("Анна Кузнецова")).to_be_visible()


async def test_arrow_keys_walk_the_list_and_shift_with_enter_opens_beside(
    screen: Screen, emulator: Emulator, anna: Person, stranger: Person
) -> None:
    await screen.open(anna)
    await screen.page.locator(".person").first.focus()
    await screen.page.keyboard.press("ArrowDown")
    await expect(screen.page.locator(".person", has_text="Олег")).to_be_focused()
    await screen.page.keyboard.press("Shift+Enter")
    await expect(screen.page).to_have_url(f"{emulator.url}/#/{anna.id},{stranger.id}/2")
    await expect(screen.column("Олег Сомов").get_by_role("button", name="Начать")).to_be_focused()


async def test_a_long_dialogue_keeps_few_bubbles_and_leads_back_to_the_newest(
    screen: Screen, emulator: Emulator, answers: Answers, anna: Person
) -> None:
    for number in range(2, 701):
        emulator.write(anna.id, f"{number}-е")
    await screen.open(anna)
    first = screen.messages.first.locator(".text")
    await expect(first).to_have_text("651-е")
    for oldest in range(601, 200, -50):
        await screen.page.locator(".history").evaluate("history => { history.scrollTop = 0; }")
        await expect(first).to_have_text(f"{oldest}-е")
    await expect(screen.messages).to_have_count(400)
    await answers.say(anna, "Самое новое")
    await screen.button("К последним сообщениям, новых: 1").click()
    await screen.reads("Самое новое")
    await expect(screen.messages.last).to_be_in_viewport()
