"""«Повестка»: the ready one or one's own, typed stage by stage, put in order, and left alone once a stage has begun."""

import pytest

from bot.domain.sessions.agenda import Minutes, StageKind
from bot.presses.session_leading import AskStage, MoveStageUp, RemoveStage, UsePreset
from bot.wording import say
from tests.conversations.chat import Chat, Person
from tests.conversations.sessions import DESK, HOME, QUIZ_STAGE, TASK_STAGE, Held, empty_session, session_with

EMPTY = (
    "Повестка пуста. Возьмите готовую (вопросы, два задания с презентациями и голосованием) или добавьте свои этапы."
)
PRESET = """\
Повестка

1. Вопрос – Ответ — 10 мин
2. Что мешает и что делать? — работа 25 мин, презентации по 5 мин, голосование 5 мин
3. Планируем работу — работа 25 мин, презентации по 5 мин, голосование 5 мин"""
ASK_TITLE = "Пришлите название этапа, до 60 знаков."
REFUSED_TITLE = "Не похоже на название. Пришлите одну строку, до 60 знаков."
REFUSED_TASK = "Текст пуст или длиннее 1\u00a0500 знаков. Пришлите его ещё раз."
REFUSED_TIMES = "Нужны три числа от 0 до 240, и хотя бы одно не ноль. Например: 25 5 5."
REFUSED_TIME = "Нужно одно число от 1 до 240."
BEGUN = "Этот этап уже начался: его не меняют."


@pytest.fixture
async def held(chat: Chat) -> Held:
    """A session with nothing prepared; its leader looks at the session's own screen."""
    return await empty_session(chat)


async def titles(held: Held) -> list[str]:
    return [stage.title for stage in (await held.stands()).course.agenda]


# --- the ready one


async def test_the_ready_agenda_is_there_once_though_its_button_was_pressed_twice(held: Held) -> None:
    await held.leads("Повестка")
    held.leader.reads(EMPTY)
    held.leader.sees_buttons("Готовая повестка", "Добавить этап", HOME)
    await held.leads_twice("Готовая повестка")
    held.leader.reads(PRESET)
    held.leader.sees_buttons(
        "1. Вопрос – Ответ", "2. Что мешает и что делать?", "3. Планируем работу", "Добавить этап", HOME
    )
    assert await held.deeds() == ["open", "agenda", "agenda", "agenda"]


async def test_the_ready_agenda_asks_for_a_road_map_from_september_to_december(held: Held) -> None:
    await held.leads("Повестка", "Готовая повестка", "3. Планируем работу")
    held.leader.reads(
        "Этап 3. «Планируем работу»\n"
        "Задание командам: работа 25 мин, презентации по 5 мин, голосование 5 мин\n\n"
        "Составьте план работ (дорожную карту) на сентябрь – декабрь: он должен преодолеть барьеры, привести к нужным"
        " показателям и действовать дальше."
    )
    held.leader.sees_buttons("Название", "Текст", "Минуты", "Выше", "Убрать", "Повестка", HOME)


async def test_the_ready_agenda_is_not_added_to_stages_of_ones_own(held: Held) -> None:
    await held.leads("Повестка", "Добавить этап", QUIZ_STAGE, "К этапу", "Повестка")
    held.leader.sees_buttons("1. Вопрос – Ответ", "Добавить этап", HOME)
    await held.leader.forges(UsePreset(session=held.id).model_dump_json())
    assert await titles(held) == ["Вопрос – Ответ"]


# --- one's own


async def test_a_new_stage_of_each_kind_has_usual_times_and_is_asked_for_its_title(held: Held) -> None:
    task = "Задание командам: работа 25 мин, презентации по 5 мин, голосование 5 мин"
    for number, (kind, title, time) in enumerate(
        (
            (QUIZ_STAGE, "Вопрос – Ответ", "Вопросы: 10 мин"),
            (TASK_STAGE, "Задание командам", task),
            ("Слово или перерыв", "Слово ведущему", "Слово или перерыв: 10 мин"),
        ),
        start=1,
    ):
        await held.leads("Повестка", "Добавить этап")
        held.leader.reads("Какой этап добавить?")
        await held.leads(kind)
        held.leader.reads(ASK_TITLE)
        await held.leads("К этапу")
        held.leader.reads(f"Этап {number}. «{title}»\n{time}")
        await held.leads(HOME)


async def test_a_refused_title_leaves_the_stage_as_it_was_and_the_question_open(held: Held) -> None:
    await held.leads("Повестка", "Добавить этап", TASK_STAGE)
    for refused in ("Н" * 61, "\u200b \u200b"):
        await held.leader.writes(refused)
        held.leader.reads(REFUSED_TITLE)
        held.leader.sees_buttons("К этапу")
        assert await titles(held) == ["Задание командам"]
    await held.leader.writes(f"  {'Н' * 60}\n")
    held.leader.sees(f"Этап 1. «{'Н' * 60}»")
    await held.leader.writes("Другое название")
    assert await titles(held) == ["Н" * 60]


async def test_a_refused_task_leaves_the_old_one_and_the_question_open(held: Held) -> None:
    await held.leads("Повестка", "Готовая повестка", "1. Вопрос – Ответ", "Текст")
    held.leader.reads("Пришлите текст, который я отправлю в беседу в начале этапа, до 1\u00a0500 знаков.")
    await held.leader.writes("Т" * 1501)
    held.leader.reads(REFUSED_TASK)
    assert (await held.stands()).course.agenda[0].task == "Несколько вопросов для разминки."
    await held.leader.writes("Сначала — знакомство.\nПотом — вопросы.")
    held.leader.reads("Этап 1. «Вопрос – Ответ»\nВопросы: 10 мин\n\nСначала — знакомство.\nПотом — вопросы.")


async def test_minutes_of_a_task_that_cannot_be_are_refused_and_change_nothing(held: Held) -> None:
    await held.leads("Повестка", "Добавить этап", TASK_STAGE, "К этапу", "Минуты")
    held.leader.reads(
        "Пришлите минуты тремя числами: работа, презентация каждой команды, голосование. Например: 25 5 5."
        " Ноль — без этой части."
    )
    for refused in ("полчаса", "0 0 0", "25 5 241", "25 5 5 5", "99999"):
        await held.leader.writes(refused)
        held.leader.reads(REFUSED_TIMES)
    assert (await held.stands()).course.agenda[0].minutes == Minutes(25, 5, 5)
    await held.leader.writes("20 0 3")
    held.leader.reads("Этап 1. «Задание командам»\nЗадание командам: работа 20 мин, голосование 3 мин")


async def test_minutes_of_a_quiz_are_one_number_and_anything_else_is_refused(held: Held) -> None:
    await held.leads("Повестка", "Добавить этап", QUIZ_STAGE, "К этапу", "Минуты")
    held.leader.reads("Сколько минут длится этап? Пришлите одно число.")
    for refused in ("0", "241", "10 5", "десять"):
        await held.leader.writes(refused)
        held.leader.reads(REFUSED_TIME)
    assert (await held.stands()).course.agenda[0].minutes == Minutes(10)
    await held.leader.writes("15 минут")
    held.leader.reads("Этап 1. «Вопрос – Ответ»\nВопросы: 15 мин")


async def test_the_menu_is_reached_while_a_title_is_asked_for_and_closes_that_question(held: Held) -> None:
    await held.leads("Повестка", "Добавить этап", TASK_STAGE)
    await held.leader.writes("меню")
    await held.leader.writes("Барьеры")
    assert await titles(held) == ["Задание командам"]


async def test_there_are_twelve_stages_at_most_and_the_thirteenth_is_refused(held: Held) -> None:
    for _ in range(12):
        await held.leads("Повестка", "Добавить этап", QUIZ_STAGE, "К этапу", HOME)
    await held.leads("Повестка", "›", "›", "›")
    assert held.leader.buttons[:4] == ["10. Вопрос – Ответ", "11. Вопрос – Ответ", "12. Вопрос – Ответ", "‹"]
    await held.leads("Добавить этап")
    held.leader.sees_pop_up("Больше 12 этапов не бывает.")
    assert len(await titles(held)) == 12


# --- order


async def test_higher_pressed_twice_moves_a_stage_by_one_place_only(held: Held) -> None:
    await held.leads("Повестка", "Готовая повестка", "3. Планируем работу")
    await held.leads_twice("Выше")
    assert await titles(held) == ["Вопрос – Ответ", "Планируем работу", "Что мешает и что делать?"]
    held.leader.sees("2. Планируем работу — ", "3. Что мешает и что делать? — ")
    await held.leads("2. Планируем работу", "Выше", "1. Планируем работу")
    held.leader.sees_buttons("Название", "Текст", "Минуты", "Убрать", "Повестка", HOME)
    assert await titles(held) == ["Планируем работу", "Вопрос – Ответ", "Что мешает и что делать?"]


async def test_a_stage_taken_out_twice_is_gone_and_the_others_stay(held: Held) -> None:
    await held.leads("Повестка", "Готовая повестка", "2. Что мешает и что делать?")
    await held.leads_twice("Убрать")
    told = [(one.event_data or {}).get("text") for one in held.leader.new_pop_ups]
    assert "Этого этапа больше нет в повестке." in told
    held.leader.reads("Повестка\n\n" + "\n".join(PRESET.splitlines()[2::2]).replace("3. ", "2. "))
    assert await titles(held) == ["Вопрос – Ответ", "Планируем работу"]


# --- once it has begun


@pytest.fixture
async def begun(chat: Chat) -> Held:
    """The first of two tasks is being worked on."""
    held = await session_with(chat, "Анна", "Борис")
    await held.has_task("Планируем работу")
    await held.begins_work()
    await held.leads(HOME, "Повестка")
    return held


async def test_a_stage_that_has_begun_shows_no_button_to_change_it_by(begun: Held) -> None:
    await begun.leads("1. Что мешает и что делать?")
    begun.leader.sees_buttons("Повестка", HOME)
    await begun.leads("Повестка", "2. Планируем работу")
    begun.leader.sees_buttons("Название", "Текст", "Минуты", "Выше", "Убрать", "Повестка", HOME)


async def test_buttons_shown_before_a_stage_began_change_nothing_of_it_any_more(begun: Held) -> None:
    first, second = (await begun.stands()).course.agenda
    for press in (
        AskStage(session=begun.id, stage=first.id, part="title"),
        MoveStageUp(session=begun.id, stage=second.id, before=first.id),
        RemoveStage(session=begun.id, stage=first.id),
    ):
        await begun.leader.forges(press.model_dump_json())
        begun.leader.sees_pop_up(BEGUN)
    assert (await begun.stands()).course.agenda == (first, second)


async def test_a_title_typed_after_its_stage_was_begun_in_the_conversation_is_refused(chat: Chat) -> None:
    held = await session_with(chat, "Анна", "Борис")
    await held.leads("Повестка", "1. Что мешает и что делать?", "Название")
    await held.group.presses(held.leader, DESK)
    await held.group.presses(held.leader, "Команды собраны")
    await held.group.presses(held.leader, "Работа: Что мешает и что делать?")
    await held.leader.writes("Барьеры")
    held.leader.reads(BEGUN)
    assert await titles(held) == ["Что мешает и что делать?"]


async def test_a_stage_that_has_not_begun_is_still_changed_while_the_session_runs(begun: Held) -> None:
    await begun.leads("2. Планируем работу", "Минуты")
    await begun.leader.writes("10 0 0")
    assert [stage.minutes.main for stage in (await begun.stands()).course.agenda] == [25, 10]
    await begun.leads("Повестка", "2. Планируем работу", "Убрать")
    assert await titles(begun) == ["Что мешает и что делать?"]


async def test_only_who_leads_the_session_changes_anything_of_its_agenda(begun: Held) -> None:
    anna: Person = begun.members[0]
    stage = (await begun.stands()).course.agenda[1]
    await anna.begins()
    for press in (
        UsePreset(session=begun.id),
        AskStage(session=begun.id, stage=stage.id, part="task"),
        RemoveStage(session=begun.id, stage=stage.id),
    ):
        await anna.forges(press.model_dump_json())
        anna.sees_pop_up(say("ru", "session-not-leader"))
    assert [stage.kind for stage in (await begun.stands()).course.agenda] == [StageKind.TASK, StageKind.TASK]
