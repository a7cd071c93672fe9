"""The questions of a quiz as its leader prepares them: typed one after another, refused with a reason, taken out."""

import pytest

from bot.presses.session_leading import RemoveQuestion
from tests.conversations.chat import Chat
from tests.conversations.sessions import ASK, HOME, QUESTION, QUIZ_STAGE, Held, empty_session, session_with

NONE_YET = "Вопросов пока нет. Без них этап — просто таймер."
ASK_QUESTION = """\
Пришлите вопрос и варианты, каждый с новой строки (до 6). Правильный отметьте плюсом:

Где живёт журнал класса?
+ В электронном дневнике
В чате родителей
На доске"""
REFUSED = {
    "Где журнал?": "Нужны вопрос и хотя бы два варианта, каждый с новой строки.",
    "Где журнал?\nВ дневнике": "Нужны вопрос и хотя бы два варианта, каждый с новой строки.",
    "Где журнал?\n+\nВ чате": "Нужны вопрос и хотя бы два варианта, каждый с новой строки.",
    "Сколько?\n1\n2\n3\n4\n5\n6\n7": "Вариантов не больше 6. Уберите лишние и пришлите ещё раз.",
    "Где?\n+ В дневнике\n+ В Сферуме": (
        "Плюсом отмечено несколько вариантов, а правильный может быть только один. Пришлите вопрос ещё раз."
    ),
    f"{'Г' * 301}?\nДа\nНет": "Слишком длинно: вопрос до 300 знаков, вариант до 80.",
    f"Где?\n{'Д' * 81}\nНет": "Слишком длинно: вопрос до 300 знаков, вариант до 80.",
    "Где?\n+ Дома\nдома": "Два варианта одинаковы. Пришлите вопрос ещё раз.",
}


@pytest.fixture
async def held(chat: Chat) -> Held:
    """A session whose only stage is a quiz; its leader looks at the quiz's questions."""
    held = await empty_session(chat)
    await held.leads("Повестка", "Добавить этап", QUIZ_STAGE, "К этапу", "Вопросы")
    return held


async def asked(held: Held) -> list[str]:
    """The questions of the session's first stage, as they are stored."""
    return [one.question.text for one in await held.questions_of((await held.stands()).course.agenda[0])]


async def test_questions_are_typed_one_after_another_and_listed_when_done(held: Held) -> None:
    held.leader.reads(NONE_YET)
    await held.leads("Добавить вопрос")
    held.leader.reads(ASK_QUESTION)
    await held.leader.writes(QUESTION)
    held.leader.reads(
        "Вопрос 1 добавлен, правильный ответ: «В электронном дневнике». Пришлите следующий или нажмите «Готово»."
    )
    await held.leader.writes("1. Как настроение?\n1) Отличное\n2) Рабочее")
    held.leader.reads("Вопрос 2 добавлен, без правильного ответа — как опрос. Пришлите следующий или нажмите «Готово».")
    await held.leads("Готово")
    held.leader.reads("Вопросы\n\n1. Где живёт журнал класса?\n2. 1. Как настроение?")
    held.leader.sees_buttons("Убрать 1", "Убрать 2", "Добавить вопрос", "К этапу", HOME)


async def test_what_is_no_question_is_refused_with_the_reason_and_the_next_one_is_taken(held: Held) -> None:
    await held.leads("Добавить вопрос")
    for typed, reason in REFUSED.items():
        await held.leader.writes(typed)
        held.leader.reads(reason)
        assert await asked(held) == []
    await held.leader.writes(QUESTION)
    assert await asked(held) == ["Где живёт журнал класса?"]


async def test_the_thirty_first_question_is_refused_and_thirty_stay(held: Held) -> None:
    await held.leads("Добавить вопрос")
    for number in range(1, 32):
        await held.leader.writes(f"Вопрос {number}?\nДа\nНет")
    held.leader.reads("Больше 30 вопросов в одном этапе не бывает.")
    assert len(await asked(held)) == 30


async def test_a_question_taken_out_by_two_presses_leaves_the_others_as_they_are(held: Held) -> None:
    await held.leads("Добавить вопрос")
    for number in range(1, 5):
        await held.leader.writes(f"Вопрос {number}?\nДа\nНет")
    await held.leads("Готово")
    held.leader.sees_buttons("Убрать 1", "Убрать 2", "Убрать 3", "›", "Добавить вопрос", "К этапу", HOME)
    await held.leads_twice("Убрать 2")
    assert await asked(held) == ["Вопрос 1?", "Вопрос 3?", "Вопрос 4?"]
    assert await held.deeds() == ["open", "agenda", *["question"] * 4, "question-removed"]


async def test_a_question_that_was_asked_already_cannot_be_taken_out_any_more(chat: Chat) -> None:
    held = await session_with(chat, "Анна", "Борис", quiz=[QUESTION, "Как дела?\nХорошо\nОтлично"])
    await held.asks_question()
    first, second = await held.questions()
    for question in (first, second):
        press = RemoveQuestion(session=held.id, stage=question.stage, question=question.id)
        await held.leader.forges(press.model_dump_json())
    assert [one.id for one in await held.questions()] == [first.id]
    assert held.group.said[-1].startswith("Вопрос 1 из 1\n")
    await held.leads(HOME, "Пульт ведущего")
    assert ASK not in held.desk_buttons
