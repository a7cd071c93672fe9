"""A conversation of many, led by one reader: each member a click away, pop-ups that say who sees them."""

from typing import Any

import pytest
from playwright.async_api import ViewportSize, expect

from bot.emulator import Emulator, Person
from tests.emulator.page.conftest import Answers, Screen, button, keyboard

NAMES = ("Анна", "Борис", "Вера", "Глеб", "Дарья", "Егор", "Жанна", "Захар", "Ирина", "Кирилл", "Лариса", "Анна")
VOTE = keyboard(*([button(f"Команда {number}", "callback")] for number in range(1, 6)), inline=True)


@pytest.fixture
def members(emulator: Emulator) -> list[Person]:
    return [emulator.add_person(name, f"{chr(ord('А') + place)}ова") for place, name in enumerate(NAMES)]


@pytest.fixture
def meeting(emulator: Emulator, members: list[Person]) -> int:
    """A conversation of twelve with the community."""
    made = emulator.create_conversation(members[0].id, "Сессия", [member.id for member in members])
    emulator.invite(made.peer_id, members[0].id, -emulator.community.group_id)
    return made.peer_id


async def ask(answers: Answers, meeting: int, text: str = "Чья работа лучше?") -> None:
    """The bot opens a vote."""
    answers.sent += 1
    await answers.bot.call("messages.send", peer_id=meeting, message=text, random_id=answers.sent, keyboard=VOTE)


async def pressed(answers: Answers) -> dict[str, Any]:
    """The next press."""
    return {"object": await answers.next_event_of("message_event")}


async def test_every_member_presses_in_turn_after_one_click_and_pop_ups_say_who_sees_them(
    screen: Screen, answers: Answers, meeting: int, members: list[Person]
) -> None:
    await ask(answers, meeting)
    await screen.see(meeting, members[0])
    row = screen.page.get_by_role("group", name="От чьего имени")
    await expect(row.locator(".eye > :last-child")).to_have_text(["Анна А.", *NAMES[1:-1], "Анна Л."])
    for place, member in enumerate(members):
        if place > 0:
            await row.get_by_role("button").nth(place).click()
        await expect(screen.page.locator(".eye[aria-current]")).to_have_attribute("data-key", str(member.id))
        await screen.key("Команда 3").click()
        event = await pressed(answers)
        assert event["object"]["user_id"] == member.id
        await answers.pop_up(event, type="show_snackbar", text=f"Голос принят: {place}")
        shown = screen.page.locator(".toast").last
        name = f"{member.first_name} {member.last_name}"
        await expect(shown).to_contain_text(f"Видит только {name}Голос принят: {place}")
        await expect(shown).to_be_in_viewport()


async def test_an_answer_that_comes_after_the_next_member_took_over_is_still_shown(
    screen: Screen, answers: Answers, meeting: int, members: list[Person]
) -> None:
    anna, boris = members[:2]
    await ask(answers, meeting)
    await screen.see(meeting, anna)
    await screen.key("Команда 1").click()
    event = await pressed(answers)
    await screen.button(f"Вы — {boris.first_name} {boris.last_name}").click()
    await expect(screen.column(f"Сессия, {boris.first_name}")).to_be_visible()
    await answers.pop_up(event, type="show_snackbar", text="Голос принят")
    await expect(screen.page.locator(".toast")).to_contain_text(f"Видит только Анна {anna.last_name}Голос принят")


async def test_a_pop_up_of_somebody_who_presses_elsewhere_is_not_shown(
    screen: Screen, emulator: Emulator, answers: Answers, meeting: int, members: list[Person]
) -> None:
    anna, boris = members[:2]
    await ask(answers, meeting)
    await screen.see(meeting, anna)
    emulator.press(boris.id, "Команда 1", meeting)
    await answers.pop_up(await pressed(answers), type="show_snackbar", text="Голос Бориса")
    await screen.key("Команда 2").click()
    await answers.pop_up(await pressed(answers), type="show_snackbar", text="Голос Анны")
    await expect(screen.page.locator(".toast p")).to_have_text(["Голос Анны"])


async def test_alt_with_an_arrow_goes_round_the_members_wherever_the_focus_is(
    screen: Screen, emulator: Emulator, meeting: int, members: list[Person]
) -> None:
    await screen.see(meeting, members[0])
    current = screen.page.locator(".eye[aria-current]")
    for keys, place in (("Alt+ArrowDown", 1), ("Alt+ArrowDown", 2), ("Alt+ArrowUp", 1), ("Alt+ArrowUp", 0),
                        ("Alt+ArrowUp", -1), ("Alt+ArrowDown", 0)):  # fmt: skip
        await screen.page.keyboard.press(keys)
        await expect(current).to_have_attribute("data-key", str(members[place].id))
    await screen.write("Это пишет Анна")
    await screen.reads("Это пишет Анна")
    assert emulator.dialogue(meeting).messages[-1].from_id == members[0].id


async def test_the_next_member_reads_on_where_the_one_before_was(
    screen: Screen, emulator: Emulator, answers: Answers, meeting: int, members: list[Person]
) -> None:
    await ask(answers, meeting)
    for number in range(40):
        emulator.write(members[number % 12].id, f"Реплика {number}", peer_id=meeting)
    await screen.see(meeting, members[0])
    await expect(screen.messages.last).to_be_in_viewport()
    await screen.key("Команда 5").scroll_into_view_if_needed()
    for member in members[1:4]:
        await screen.button(f"Вы — {member.first_name} {member.last_name}").click()
        await expect(screen.page.locator(".eye[aria-current]")).to_have_attribute("data-key", str(member.id))
        await expect(screen.key("Команда 5")).to_be_in_viewport()
    await screen.button("К последним сообщениям").click()
    await expect(screen.messages.last).to_be_in_viewport()


async def test_the_row_of_members_follows_who_comes_and_goes_and_fits_a_phone(
    screen: Screen, emulator: Emulator, meeting: int, members: list[Person]
) -> None:
    await screen.page.set_viewport_size(ViewportSize(width=360, height=740))
    await screen.see(meeting, members[10])
    eyes = screen.page.locator(".eye")
    await expect(screen.page.locator(".eye[aria-current]")).to_be_in_viewport()
    assert await screen.page.evaluate("document.body.scrollWidth <= document.body.clientWidth")
    emulator.kick(meeting, members[0].id, members[11].id)
    await expect(eyes).to_have_count(11)
    await expect(eyes.first.locator("span").last).to_have_text("Анна")
    emulator.kick(meeting, members[10].id, members[10].id)
    await expect(screen.page.get_by_text("Этого человека нет в беседе")).to_be_visible()
    await eyes.first.click()
    await expect(screen.input).to_be_visible()


async def test_where_nobody_else_could_look_there_is_no_row_of_members(
    screen: Screen, emulator: Emulator, anna: Person
) -> None:
    alone = emulator.create_conversation(anna.id, "Заметки").peer_id
    await screen.see(alone, anna)
    await expect(screen.page.locator(".eyes")).to_be_hidden()
    await screen.open(anna)
    await expect(screen.page.locator(".eyes")).to_be_hidden()
