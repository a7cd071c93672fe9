"""«Вопрос - Ответ»: one answer of everybody who joined, counted along, shown with the share of right ones."""

import pytest

from bot.domain.sessions.screen import ScreenQuestion
from bot.emulator import Client
from bot.presses.sessions import AnswerQuestion
from bot.storage import session_screen
from tests.conversations.chat import Chat, Person
from tests.conversations.sessions import ASK, END, HOME, QUESTION, Held, session_with

RIGHT, CHAT, BOARD = "1. В электронном дневнике", "2. В чате родителей", "3. На доске"
POLL = "Как настроение?\nОтличное\nРабочее"
REVEAL = "Показать ответы"
BEGUN = """\
Этап 1 из 2. «Вопрос – Ответ»
Время: до 09:10.

Каждый отвечает за себя: нажимайте кнопку под вопросом. Один ответ на вопрос."""
OPEN = f"Вопрос 1 из 2\nГде живёт журнал класса?\n{RIGHT}\n{CHAT}\n{BOARD}\nОтветили: {{people}}"
CLOSED = "Ответы на этот вопрос уже не принимаются."


@pytest.fixture
async def held(chat: Chat) -> Held:
    """The first of two questions is open; Anna, Boris and Vera have joined."""
    held = await session_with(chat, "Анна", "Борис", "Вера", quiz=[QUESTION, POLL])
    await held.asks_question()
    return held


async def told(held: Held, person: Person, label: str) -> str:
    """What somebody is told who presses an option."""
    await held.group.presses(person, label)
    [(account, text)] = held.group.pop_ups
    assert account == person.id
    return text


async def on_screen(chat: Chat, held: Held) -> ScreenQuestion:
    token = (await held.stands()).session.screen_token
    question = (await chat.stored(session_screen.screen, token, "https://vk.me/ugu_local")).question
    assert isinstance(question, ScreenQuestion)
    return question


async def test_a_quiz_begins_before_any_team_is_gathered_and_says_how_it_goes(held: Held) -> None:
    assert held.group.said[-2:] == [BEGUN, OPEN.format(people=0)]
    assert held.desk_buttons[:3] == [REVEAL, ASK, "Пауза"]
    assert not (await held.stands()).session.gathered


async def test_an_account_answers_a_question_once_and_the_first_answer_stays(held: Held) -> None:
    anna, boris, _ = held.members
    assert await told(held, anna, CHAT) == "Ответ принят: 2."
    assert await told(held, anna, CHAT) == "Вы уже ответили: 2. Изменить ответ нельзя."
    assert await told(held, anna, RIGHT) == "Вы уже ответили: 2. Изменить ответ нельзя."
    assert await told(held, boris, RIGHT) == "Ответ принят: 1."
    assert held.group.said[-1] == OPEN.format(people=2)


async def test_answers_are_shown_with_the_share_of_right_ones_and_none_is_taken_after(chat: Chat, held: Held) -> None:
    anna, boris, vera = held.members
    for person, label in ((anna, RIGHT), (boris, RIGHT)):
        await told(held, person, label)
    assert (await on_screen(chat, held)).answers is None
    assert (await on_screen(chat, held)).right is None
    [first, _] = await held.questions()
    await held.leads(REVEAL)
    await held.group.forges(vera, AnswerQuestion(question=first.id, option=1).model_dump_json())
    assert held.group.pop_ups == [(vera.id, CLOSED)]
    assert held.group.said[-1] == (
        "Вопрос 1 из 2\nГде живёт журнал класса?\n"
        "✅ В электронном дневнике — 2\n• В чате родителей — 0\n• На доске — 0\nПравильно ответили 100 %."
    )
    shown = await on_screen(chat, held)
    assert (shown.answers, shown.right, shown.is_open) == ((2, 0, 0), 0, False)
    assert held.desk_buttons[0] == ASK


async def test_a_third_of_right_answers_is_told_as_thirty_three_per_cent(held: Held) -> None:
    for person, label in zip(held.members, (RIGHT, CHAT, BOARD), strict=True):
        await told(held, person, label)
    await held.leads(REVEAL)
    assert held.group.said[-1].endswith("Правильно ответили 33 %.")


async def test_the_next_question_closes_the_one_before_it_and_a_poll_has_no_right_answer(held: Held) -> None:
    anna = held.members[0]
    await held.leads(ASK)
    assert "✅ В электронном дневнике — 0" in held.group.said[-2]
    assert "Правильно ответили" not in held.group.said[-2]  # nobody has answered
    assert held.group.said[-1] == "Вопрос 2 из 2\nКак настроение?\n1. Отличное\n2. Рабочее\nОтветили: 0"
    await told(held, anna, "2. Рабочее")
    await held.leads(REVEAL)
    assert held.group.said[-1] == "Вопрос 2 из 2\nКак настроение?\n• Отличное — 0\n• Рабочее — 1"
    assert held.desk_buttons[0] == "Пауза"


async def test_neither_who_leads_nor_who_has_not_joined_answers_but_a_juror_does(chat: Chat, held: Held) -> None:
    stranger, vera = chat.person("Зоя"), held.members[2]
    chat.emulator.invite(held.group.peer, held.leader.id, stranger.id)
    await held.leads(HOME, "Участники", "Вера К.", "В жюри")
    assert await told(held, held.leader, RIGHT) == "Ведущий и помощники не отвечают на вопросы."
    assert await told(held, stranger, RIGHT) == "Сначала нажмите «Вступить» под сообщением о сессии."
    assert await told(held, vera, RIGHT) == "Ответ принят: 1."
    assert held.group.said[-1] == OPEN.format(people=1)


async def test_the_end_of_the_quiz_by_a_press_closes_the_question_that_is_open(held: Held) -> None:
    [first, _] = await held.questions()
    await held.leads(ASK, END)
    second = (await held.questions())[1]
    assert not second.is_open
    for question in (first, second):
        await held.group.forges(held.members[0], AnswerQuestion(question=question.id, option=0).model_dump_json())
        assert held.group.pop_ups == [(held.members[0].id, CLOSED)]


async def test_a_question_that_is_open_when_the_time_is_over_shows_its_answers(chat: Chat, held: Held) -> None:
    await told(held, held.members[0], RIGHT)
    await chat.moves_to("2017-11-08 09:10")
    assert "✅ В электронном дневнике — 1" in held.group.said[-2]
    assert held.group.said[-1] == "Время вышло."
    assert ASK not in held.desk_buttons


async def test_an_answer_that_an_old_app_sends_as_a_message_is_taken_without_being_told_openly(
    chat: Chat, held: Held
) -> None:
    anna = held.members[0]
    chat.emulator.person(anna.id).client = Client(callback_buttons=False)
    await held.group.presses(anna, RIGHT)
    assert "Ответ принят. Обновите приложение: тогда это будете видеть только вы." in held.group.news
    assert held.group.said[-2] == OPEN.format(people=1)


async def test_an_option_that_the_question_does_not_have_is_no_answer_to_it(held: Held) -> None:
    [first, second] = await held.questions()
    for question, option in ((first, 3), (second, 0)):  # the second was not asked yet
        await held.group.forges(held.members[0], AnswerQuestion(question=question.id, option=option).model_dump_json())
        assert held.group.pop_ups == [(held.members[0].id, CLOSED)]
    assert held.group.said[-1] == OPEN.format(people=0)
