"""The bot's buttons in the chat page: both keyboards, spinners, pop-ups, the focus of those without a mouse."""

import re

from playwright.async_api import expect

from bot.emulator import Emulator, Person
from tests.emulator.page.conftest import Answers, Screen, button, keyboard

MENU = keyboard([button("Голосовать", color="primary")], [button("Баланс"), button("Отказаться", color="negative")])
VOTE = keyboard([button("За", "callback", "positive"), button("Против", "callback", "negative")], inline=True)


async def test_a_button_below_the_input_sends_its_label_and_payload(
    screen: Screen, answers: Answers, anna: Person
) -> None:
    await answers.say(anna, "Меню", keyboard=MENU)
    await screen.open(anna)
    lasting = screen.page.get_by_role("group", name="Клавиатура бота")
    await expect(lasting.get_by_role("button")).to_have_text(["Голосовать", "Баланс", "Отказаться"])
    await expect(screen.key("Голосовать")).to_have_class(re.compile("key-primary"))
    await answers.next_event()
    await screen.key("Баланс").click()
    message = (await answers.next_event())["object"]["message"]
    assert (message["text"], message["payload"]) == ("Баланс", '{"b": "Баланс"}')
    await screen.reads("Баланс")
    await expect(lasting).to_be_visible()


async def test_a_one_time_keyboard_disappears_after_its_press_and_a_lasting_one_folds(
    screen: Screen, answers: Answers, anna: Person
) -> None:
    await screen.open(anna)
    await answers.say(anna, "Меню", keyboard=MENU)
    await screen.button("Клавиатура бота").click()
    await expect(screen.key("Голосовать")).to_be_hidden()
    await screen.button("Клавиатура бота").click()
    await expect(screen.key("Голосовать")).to_be_visible()
    await answers.say(anna, "Один раз", keyboard=keyboard([button("Да")], one_time=True))
    await screen.key("Да").click()
    await screen.reads("Да")
    await expect(screen.button("Клавиатура бота")).to_be_hidden()
    await expect(screen.page.locator(".lasting")).to_be_hidden()


async def test_a_callback_button_spins_until_its_pop_up_is_shown(
    screen: Screen, answers: Answers, anna: Person
) -> None:
    await answers.say(anna, "Кто лучше?", keyboard=VOTE)
    await screen.open(anna)
    await answers.next_event()
    await screen.key("За").click()
    event = await answers.next_event()
    assert event["object"]["payload"] == {"b": "За"}
    await expect(screen.key("За")).to_have_attribute("aria-busy", "true")
    await answers.pop_up(event, type="show_snackbar", text="Голос принят: Команда 2.")
    await expect(screen.page.locator(".toasts[role=status]")).to_contain_text("Голос принят: Команда 2.")
    await expect(screen.key("За")).not_to_have_attribute("aria-busy", "true")


async def test_an_empty_answer_only_stops_the_spinner_of_its_own_button(
    screen: Screen, answers: Answers, anna: Person
) -> None:
    await answers.say(anna, "Кто лучше?", keyboard=VOTE)
    await screen.open(anna)
    await answers.next_event()
    await screen.key("За").click()
    first = await answers.next_event()
    await screen.key("Против").click()
    await answers.next_event()
    await expect(screen.key("Против")).to_have_attribute("aria-busy", "true")
    await answers.pop_up(first)
    await expect(screen.key("За")).not_to_have_attribute("aria-busy", "true")
    await expect(screen.key("Против")).to_have_attribute("aria-busy", "true")
    await expect(screen.page.locator(".toast")).to_have_count(0)


async def test_an_answer_that_opens_a_link_offers_it_without_leaving_the_page(
    screen: Screen, answers: Answers, anna: Person
) -> None:
    await answers.say(anna, "Панель", keyboard=VOTE)
    await screen.open(anna)
    await answers.next_event()
    await screen.key("За").click()
    await answers.pop_up(await answers.next_event(), type="open_link", link="https://example.org/panel")
    link = screen.page.get_by_role("link", name="Открыть")
    await expect(link).to_have_attribute("href", "https://example.org/panel")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")


async def test_a_button_that_is_gone_by_the_time_of_the_press_says_so(
    screen: Screen, emulator: Emulator, answers: Answers, anna: Person, complaints: list[str]
) -> None:
    await answers.say(anna, "Кто лучше?", keyboard=VOTE)
    await screen.open(anna)
    # The page has not heard of it yet.
    emulator.dialogue(anna.id).messages[-1].keyboard = None
    await screen.key("За").click()
    await expect(screen.page.get_by_role("alert")).to_contain_text("Этой кнопки на экране уже нет")
    await expect(screen.key("За")).not_to_have_attribute("aria-busy", "true")
    complaints.clear()


async def test_the_focus_stays_on_the_buttons_when_a_press_edits_the_message(
    screen: Screen, answers: Answers, anna: Person
) -> None:
    sent = await answers.say(anna, "Страница 1", keyboard=keyboard([button("Дальше", "callback")], inline=True))
    await screen.open(anna)
    await answers.next_event()
    await screen.key("Дальше").focus()
    await screen.page.keyboard.press("Enter")
    event = await answers.next_event()
    edited = keyboard([button("Ещё дальше", "callback")], inline=True)
    await answers.bot.call("messages.edit", peer_id=anna.id, message_id=sent, message="Страница 2", keyboard=edited)
    await answers.pop_up(event)
    await screen.reads("Страница 2")
    await expect(screen.key("Ещё дальше")).to_be_focused()


async def test_a_link_button_leads_out_and_tells_the_bot_nothing(
    screen: Screen, emulator: Emulator, answers: Answers, anna: Person
) -> None:
    address = f"{emulator.url}/page/icon.svg"
    rules = {"action": {"type": "open_link", "label": "Правила", "link": address}}
    await answers.say(anna, "Смотрите", keyboard=keyboard([rules], inline=True))
    await screen.open(anna)
    async with screen.page.expect_popup() as opening:
        await screen.key("Правила").click()
    assert (await opening.value).url == address
    assert len(emulator.dialogue(anna.id).messages) == 2
