"""«Начать» and deep links in the chat page."""

from playwright.async_api import expect

from bot.emulator import Emulator, Person
from tests.emulator.page.conftest import Answers, Screen


async def test_begin_stands_in_place_of_the_input_until_it_is_pressed(
    screen: Screen, emulator: Emulator, stranger: Person
) -> None:
    await screen.open(stranger)
    await expect(screen.input).to_be_hidden()
    await screen.button("Начать").click()
    await screen.reads("Начать")
    await expect(screen.input).to_be_focused()
    (message,) = emulator.dialogue(stranger.id).messages
    assert (message.payload, message.ref) == ('{"command":"start"}', None)


async def test_a_deep_link_in_a_message_offers_begin_which_carries_its_ref(
    screen: Screen, emulator: Emulator, answers: Answers, anna: Person
) -> None:
    await answers.say(anna, "Голосуйте: https://vk.me/ugu_local?ref=v-1234&ref_source=qr.")
    await screen.open(anna)
    await screen.page.get_by_role("link").filter(has_text="vk.me").click()
    await expect(screen.page.locator(".start-note")).to_have_text("Вы перешли по ссылке: v-1234")
    assert len(emulator.dialogue(anna.id).messages) == 2  # opening a link tells the bot nothing
    await screen.button("Начать").click()
    await screen.reads("Начать")
    message = emulator.dialogue(anna.id).messages[-1]
    assert (message.ref, message.ref_source) == ("v-1234", "qr")
    await expect(screen.input).to_be_visible()


async def test_who_writes_after_opening_a_link_sends_the_ref_once(
    screen: Screen, emulator: Emulator, anna: Person
) -> None:
    await screen.open(anna)
    await _open_link(screen, f"vk.com/write-{emulator.community.group_id}?ref=c7-x91")
    await screen.button("Написать сообщение").click()
    await expect(screen.page.locator(".chip")).to_contain_text("По ссылке: c7-x91")
    await screen.write("Я тут")
    await screen.reads("Я тут")
    await screen.write("И ещё")
    await screen.reads("И ещё")
    assert [message.ref for message in emulator.dialogue(anna.id).messages[-2:]] == ["c7-x91", None]


async def test_a_newcomer_opens_a_pasted_ref_and_begins_with_it(
    screen: Screen, emulator: Emulator, stranger: Person
) -> None:
    await screen.open(stranger)
    await _open_link(screen, " claim_1-2 ")
    await screen.button("Начать").click()
    await screen.reads("Начать")
    assert emulator.dialogue(stranger.id).messages[-1].ref == "claim_1-2"


async def test_a_link_to_somewhere_else_is_refused_and_the_form_stays(screen: Screen, anna: Person) -> None:
    await screen.open(anna)
    for address in (
        "https://vk.me/another?ref=1",
        "https://evil.example/ugu_local?ref=1",
        "javascript:alert(1)",
        "a b",
    ):
        await _open_link(screen, address)
        await expect(screen.page.get_by_role("alert").filter(has_text="Это не ссылка")).to_be_visible()
        await screen.page.keyboard.press("Escape")
    await expect(screen.button("Начать")).to_be_hidden()


async def test_addresses_in_a_text_are_links_without_the_punctuation_around(
    screen: Screen, answers: Answers, anna: Person
) -> None:
    text = (
        "Тут (https://example.org/a_(b)), тут: esia.gosuslugi.ru/login! Не тут: a@b.ru, 12.11.2017, javascript:alert(1)"
    )
    await answers.say(anna, text)
    await screen.open(anna)
    links = screen.messages.last.get_by_role("link")
    await expect(links).to_have_text(["https://example.org/a_(b)", "esia.gosuslugi.ru/login"])
    await expect(links.last).to_have_attribute("href", "https://esia.gosuslugi.ru/login")
    await screen.reads(text)


async def _open_link(screen: Screen, text: str) -> None:
    await screen.button("Действия с диалогом").click()
    await screen.button("Открыть ссылку").click()
    await screen.page.get_by_label("Ссылка на диалог").fill(text)
    await screen.page.get_by_label("Ссылка на диалог").press("Enter")
