"""Sessions and the conversations they are held in: opened, told apart, left, closed, come back to, heard."""

from collections.abc import AsyncIterator

import pytest
from pydantic import BaseModel
from sqlalchemy import func, select

from bot.domain.sessions.course import Act
from bot.emulator import Client, Fault
from bot.presses.session_leading import OpenDesk, RunAct
from bot.presses.sessions import AnswerQuestion, CastBallot, ChooseTeam, JoinSession, NewSession
from bot.storage import schema, sessions
from bot.wording import say
from tests.conversations.chat import Chat, Person, campaign, chatting
from tests.conversations.group import GREETING, Group, led_by
from tests.conversations.sessions import GATHER, NEW_SESSION, QUESTION, TASK, Held, opened, session_of
from tests.conversations.staff import applicant, coordinator, school_listed, teacher
from tests.conversations.taking_part import claimed, issued
from tests.emulator.conftest import picture
from tests.security.towns import changed, failures, stored_rows

NO_MODERATOR = "Сессию открывает координатор или подтверждённый преподаватель."
OPENED_POP_UP = "Сессия открыта. Настройка и пульт — в вашем личном диалоге."
ELSEWHERE = "Эта кнопка не отсюда или уже не действует."
REFUSALS = [
    (986, "писать в беседу сообществу не разрешено."),
    (993, "беседа переехала в другой мессенджер."),
    (1016, "писать в беседу сообществу не разрешено."),
    (917, "бота нет в беседе, или её самой больше нет."),
]


def left(why: str) -> str:
    """What who leads a session is told when the bot has lost its conversation."""
    return (
        f"Сессия «Сессия 8 ноября»: {why} Таймер остановлен, ничего не потеряно. Если вернуть бота в беседу, сессия"
        " продолжится с того же места; протокол можно получить и сейчас."
    )


@pytest.fixture
async def irina(chat: Chat) -> Person:
    return await coordinator(chat)


@pytest.fixture
def anna(chat: Chat) -> Person:
    return chat.person("Анна")


@pytest.fixture
def boris(chat: Chat) -> Person:
    return chat.person("Борис")


@pytest.fixture
async def chat_anywhere(database_url: str) -> AsyncIterator[Chat]:
    async with chatting(database_url, campaign=campaign()) as chat:
        yield chat


async def live_at(chat: Chat, group: Group) -> sessions.Session | None:
    found: sessions.Session | None = await chat.stored(sessions.live_at, "vk", group.peer)
    return found


# --- invited and opened


async def test_an_invited_bot_says_that_it_holds_sessions_and_needs_no_admin_right(
    chat: Chat, irina: Person, anna: Person
) -> None:
    group = await led_by(chat, irina, anna)
    assert group.news == [GREETING]
    assert "открывает координатор или преподаватель кнопкой «Новая сессия»" in GREETING
    assert "Права администратора мне не нужны." in GREETING
    assert group.buttons == ["Топ-20", "Новая сессия", "Написать лично"]
    assert await live_at(chat, group) is None


async def test_a_campaign_without_sessions_offers_none_and_refuses_to_open_one(sqlite_url: str) -> None:
    without = campaign()
    without = without.model_copy(update={"parts": without.parts.model_copy(update={"sessions": False})})
    async with chatting(sqlite_url, campaign=without) as chat:
        group = await led_by(chat, irina := await coordinator(chat))
        assert group.buttons == ["Топ-20", "Написать лично"]
        assert "сессии" not in group.said[0]
        await group.forges(irina, NewSession().model_dump_json())
        assert group.pop_ups == [(irina.id, "В этой акции сессии не проводятся.")]
        assert await live_at(chat, group) is None


async def test_whoever_is_neither_coordinator_nor_confirmed_teacher_is_told_who_opens_sessions(
    chat: Chat, irina: Person
) -> None:
    await school_listed(chat)
    agreed, waiting = chat.person("Захар"), await applicant(chat)
    await agreed.writes("согласие")
    await agreed.presses("Согласен")
    pupil = await claimed(chat, (await issued(chat, 1))[0], "Мария", "Петрова")
    people = (chat.person("Борис"), agreed, waiting, pupil.person)
    group = await led_by(chat, irina, *people)
    for person in people:
        await group.presses(person, NEW_SESSION)
        assert group.pop_ups == [(person.id, NO_MODERATOR)]
        assert group.news == []
    assert await live_at(chat, group) is None


async def test_a_confirmed_teacher_opens_a_session_and_gets_its_set_up_in_private(chat: Chat, irina: Person) -> None:
    await school_listed(chat)
    olga = await teacher(chat, irina)
    group = await led_by(chat, chat.person("Борис"), olga)
    await olga.has_read()
    await group.presses(olga, NEW_SESSION)
    assert group.pop_ups == [(olga.id, OPENED_POP_UP)]
    [card] = group.news
    assert card.startswith("Стратегическая сессия «Сессия 8 ноября»\nВедёт: Анна К.\n")
    assert group.buttons == ["Вступить", "Вступить без имени", "Пульт ведущего", "Написать лично"]
    olga.sees("Сессия «Сессия 8 ноября» открыта", "Готовится.", "Повестка: пока пусто")
    assert olga.buttons == [
        "Пульт ведущего", "Повестка", "Команды", "Участники", "Работы", "Экран", "Настройки", "Протокол", "Меню",
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["/сессия", "@ugu_local новая сессия", "/начать сессию"])
async def test_a_coordinator_opens_a_session_by_a_typed_command_too(chat: Chat, irina: Person, typed: str) -> None:
    group = await led_by(chat, irina)
    await group.writes(irina, typed)
    assert group.news[0] == OPENED_POP_UP
    assert group.news[1].startswith("Стратегическая сессия «Сессия 8 ноября»\nВедёт: Ирина О.\n")
    irina.sees("открыта: люди уже могут вступать в беседе")


async def test_new_session_in_a_private_dialogue_says_how_one_is_opened(chat: Chat, irina: Person) -> None:
    await irina.presses("Сессии")
    irina.reads(say("ru", "session-how-to-open"))
    await irina.writes("новая сессия")
    irina.reads(say("ru", "session-how-to-open"))


async def test_a_conversation_has_one_session_at_a_time_and_another_one_after_it(chat: Chat, irina: Person) -> None:
    olga = await coordinator(chat, first_name="Олег")
    group = await led_by(chat, irina, olga)
    first = await opened(chat, group, irina)
    for leader in (irina, olga):
        await group.presses(leader, NEW_SESSION)
        assert group.pop_ups == [(leader.id, "В этой беседе сессия уже открыта. Сначала завершите её.")]
        assert group.news == []
    await first.leads("Настройки", "Отменить сессию", "Да, отменить")
    second = await opened(chat, group, olga)
    assert second.id != first.id
    assert second.code != first.code


async def test_of_two_leaders_who_open_at_once_one_has_opened_the_session(chat_anywhere: Chat) -> None:
    chat = chat_anywhere
    irina, oleg = await coordinator(chat), await coordinator(chat, first_name="Олег")
    group = await led_by(chat, irina, oleg)

    def both() -> None:
        for person in (irina, oleg):
            chat.emulator.press(person.id, NEW_SESSION, group.peer)

    await group.acts(both)
    already = "В этой беседе сессия уже открыта. Сначала завершите её."
    assert sorted(text for _, text in group.pop_ups) == sorted([OPENED_POP_UP, already])
    opener = next(user for user, text in group.pop_ups if text == OPENED_POP_UP)
    assert len(group.news) == 1
    assert ("Ирина" if opener == irina.id else "Олег") in group.news[0]
    assert await failures(chat) == []


# --- several conversations


async def test_a_button_of_another_conversations_session_being_prepared_does_nothing_here(
    chat: Chat, irina: Person, anna: Person, boris: Person
) -> None:
    """By people of both sessions: who leads both, and who takes part in both."""
    here = await session_of(chat, irina, anna, boris)
    there = await session_of(chat, irina, anna, boris)
    stands = await there.stands()
    gather = RunAct(session=there.id, act=Act.GATHER, revision=stands.session.revision)
    await _refused_here(chat, here, irina, OpenDesk(session=there.id), gather)
    choices = [ChooseTeam(session=there.id, team=team.id) for team in stands.teams]
    vera = chat.person("Вера")
    chat.emulator.invite(here.group.peer, irina.id, vera.id)
    await _refused_here(chat, here, anna, *choices, JoinSession(code=there.code, named=False))
    await _refused_here(chat, here, vera, *choices, JoinSession(code=there.code))


async def test_a_ballot_pressed_in_another_conversation_counts_in_none_of_the_two_votes(
    chat: Chat, irina: Person, anna: Person, boris: Person
) -> None:
    here = await session_of(chat, irina, anna, boris)
    await here.opens_vote()
    there = await session_of(chat, irina, anna, boris)
    await there.opens_vote()
    vote = await there.round()
    await _refused_here(
        chat, here, anna, *[CastBallot(round=vote.id, team=one.id) for one in (await there.stands()).teams]
    )
    await here.votes(anna, "Совы")
    assert await here.tally() == {"Орлы": 0, "Совы": 1}
    assert await there.tally() == {"Орлы": 0, "Совы": 0}
    await there.votes(anna, "Совы")
    await there.votes(boris, "Орлы")
    assert await here.tally() == {"Орлы": 0, "Совы": 1}
    assert await there.tally() == {"Орлы": 1, "Совы": 1}


async def test_an_answer_pressed_in_another_conversation_is_no_answer_to_either_question(
    chat: Chat, irina: Person, anna: Person, boris: Person
) -> None:
    here = await session_of(chat, irina, anna, boris, quiz=[QUESTION])
    await here.asks_question()
    there = await session_of(chat, irina, anna, boris, quiz=[QUESTION])
    await there.asks_question()
    [asked] = await there.questions()
    await _refused_here(chat, here, anna, AnswerQuestion(question=asked.id, option=0))


async def _refused_here(chat: Chat, here: Held, person: Person, *presses: BaseModel) -> None:
    await person.has_read()
    before = await stored_rows(chat)
    for press in presses:
        await here.group.forges(person, press.model_dump_json(), cmid=len(here.group.said))
        assert here.group.pop_ups == [(person.id, ELSEWHERE)], press
        assert here.group.news == []
    assert person.news == []
    assert changed(before, await stored_rows(chat)) == set()
    assert await failures(chat) == []


async def test_what_is_said_in_one_conversation_is_of_its_own_session_only(
    chat: Chat, irina: Person, anna: Person, boris: Person
) -> None:
    """«/команда», «/работа» and «/пульт» name no session: it is the one that is held where they are said."""
    here, there = await session_of(chat, irina, anna, boris), await session_of(chat, irina, anna, boris)
    await there.group.writes(boris, "/команда Ежи")
    assert await there.teams() == {"Орлы": [anna.id], "Совы": [], "Ежи": [boris.id]}
    assert await here.teams() == {"Орлы": [anna.id], "Совы": [boris.id]}
    await there.begins_work()
    await there.group.writes(anna, "/работа Наш план")
    await here.group.writes(anna, "/работа Наш план")
    assert here.group.news == [say("ru", "session-work-no-stage")]
    assert [one.text for one in await there.works()] == ["Наш план"]
    assert await here.works() == []
    await here.group.writes(irina, "/пульт")
    assert len(here.group.news) == 1
    assert "Ещё не началась." in here.group.news[0]


# --- the conversation's name


async def test_a_renamed_conversation_stands_by_its_name_on_the_moderators_screen(
    chat: Chat, irina: Person, anna: Person
) -> None:
    held = await session_of(chat, irina, anna)
    chat.emulator.let_see_all(held.group.peer, True)
    await held.group.acts(lambda: chat.emulator.rename(held.group.peer, anna.id, "Стратегия 2018"))
    assert held.group.news == []
    await held.leads("Команды", "К сессии")
    irina.sees("«Сессия 8 ноября», беседа «Стратегия 2018». Готовится.")


async def test_a_conversation_renamed_without_the_right_to_see_all_stays_without_a_name(
    chat: Chat, irina: Person, anna: Person
) -> None:
    held = await session_of(chat, irina, anna)
    await held.group.acts(lambda: chat.emulator.rename(held.group.peer, anna.id, "Стратегия 2018"))
    await held.leads("Команды", "К сессии")
    irina.sees("«Сессия 8 ноября». Готовится.")


# --- left and come back to


async def test_who_leads_is_told_once_in_private_that_the_bot_was_removed_and_the_timer_rests(
    chat: Chat, irina: Person, anna: Person, boris: Person
) -> None:
    oleg = chat.person("Олег")
    held = await session_of(chat, irina, anna, boris, oleg)
    await held.leads("Участники", "Олег К.", "В помощники", "К сессии")
    await oleg.begins()
    await held.begins_work()
    await chat.moves_to("2017-11-08 09:10")
    for person in (irina, oleg, anna):
        await person.has_read()
    await held.group.removes()
    await chat.moves_to("2017-11-08 11:00")
    told = left("бота удалили из беседы.")
    irina.reads(held.desk, told)
    oleg.reads(told)
    anna.reads()
    assert "Пауза, осталось 15 минут." in held.desk
    assert await failures(chat) == []


async def test_who_leads_is_told_once_even_if_the_bot_is_removed_while_it_speaks(
    chat: Chat, irina: Person, anna: Person, boris: Person
) -> None:
    held = await session_of(chat, irina, anna, boris)
    await held.begins_work()
    await irina.has_read()
    chat.emulator.faults.add(Fault("execute", "slow", delay_s=0.2))
    community = -chat.emulator.community.group_id

    def asks_and_is_removed() -> None:
        chat.emulator.write(anna.id, "/топ-20", peer_id=held.group.peer)
        chat.emulator.kick(held.group.peer, irina.id, community)

    await held.group.acts(asks_and_is_removed)
    irina.reads(held.desk, left("бота удалили из беседы."))
    assert (await held.deeds()).count("left") == 1


async def test_a_session_being_prepared_waits_for_the_bot_to_be_invited_again(
    chat: Chat, irina: Person, anna: Person
) -> None:
    held = await session_of(chat, irina, anna)
    await irina.has_read()
    await held.group.removes()
    irina.reads(left("бота удалили из беседы."))
    await held.has_task("Планируем работу")
    await held.group.invites()
    assert len(held.group.news) == 3
    assert held.group.buttons == ["1. Орлы", "2. Совы"]


async def test_a_bot_that_is_invited_again_writes_the_session_anew_and_goes_on_by_a_press(
    chat: Chat, irina: Person, anna: Person, boris: Person
) -> None:
    held = await session_of(chat, irina, anna, boris)
    await held.opens_desk()
    await held.leads(GATHER)
    await chat.moves_to("2017-11-08 09:01")
    await held.goes_on()
    await chat.moves_to("2017-11-08 09:10")
    await held.group.removes()
    await chat.moves_to("2017-11-08 09:40")
    await held.group.invites()
    returned, card, teams, work = held.group.news
    assert returned == say("ru", "conversation-returned", title="Сессия 8 ноября")
    assert card.startswith("Стратегическая сессия «Сессия 8 ноября»\nВедёт: Ирина О.\n")
    assert teams.startswith("Команды собраны:")
    assert "Пауза, осталось 16 минут." in work
    assert held.group.buttons == ["Сдать работу"]
    await held.leads("Продолжить")
    assert held.group.news[-1] == "Продолжаем: до 09:56."
    await chat.moves_to("2017-11-08 09:56")
    assert held.group.said[-1] == "Время вышло."
    assert (await held.deeds())[-5:] == ["begin", "left", "returned", "resume", "over"]
    assert await failures(chat) == []


async def test_a_vote_that_is_open_when_the_bot_is_removed_goes_on_to_its_end(
    chat: Chat, irina: Person, anna: Person, boris: Person
) -> None:
    held = await session_of(chat, irina, anna, boris)
    await held.opens_vote()
    await held.votes(anna, "Совы")
    await held.group.removes()
    await chat.moves_to("2017-11-08 09:06")
    assert not (await held.round()).is_open
    assert await held.tally() == {"Орлы": 0, "Совы": 1}
    await held.group.invites()
    assert held.group.news[0].startswith("Снова здесь.")
    assert "1 место: «Совы» — 1 голос" in held.group.news[-1]


@pytest.mark.parametrize(("code", "why"), REFUSALS)
async def test_a_conversation_that_takes_nothing_any_more_is_told_to_who_leads_once_and_not_tried_again(
    chat: Chat, irina: Person, anna: Person, boris: Person, code: int, why: str
) -> None:
    held = await session_of(chat, irina, anna, boris)
    await held.begins_work()
    await irina.has_read()
    chat.emulator.refuse(held.group.peer, code)
    said = held.group.said

    def joins_and_leads() -> None:
        """What brings several messages at once: the card, the teams, a word about the timer."""
        vera = chat.person("Вера")
        chat.emulator.invite(held.group.peer, irina.id, vera.id)
        chat.emulator.press(vera.id, "Вступить", held.group.peer)
        chat.emulator.press(irina.id, "Закончить")

    await held.group.acts(joins_and_leads)
    await chat.moves_to("2017-11-08 09:40")
    irina.reads(held.desk, left(why))
    assert set(await _unsent(chat, held.group)) == {"refused"}
    assert await failures(chat) == []
    given_up = len(await _unsent(chat, held.group))
    await held.leads("Сразу к голосованию", "+2 минуты (один раз)")
    await chat.moves_to("2017-11-08 10:00")
    await held.leads("Подвести итоги", "Да, подвести итоги")
    irina.sees("Сессия «Сессия 8 ноября» завершена.")
    assert held.group.said == said
    assert len(await _unsent(chat, held.group)) == given_up
    assert (await held.deeds()).count("left") == 1


async def _unsent(chat: Chat, group: Group) -> list[str]:
    """What became of what was to be said there and was not sent."""
    outbox = schema.outbox
    states = select(outbox.c.state).where(outbox.c.peer == group.peer, outbox.c.state != "sent").order_by(outbox.c.id)
    found: list[str] = await chat.stored(lambda conn: conn.execute(states).scalars().all())
    return found


async def test_a_session_that_was_ended_while_the_bot_was_away_has_its_results_told_on_its_return(
    chat: Chat, irina: Person, anna: Person, boris: Person
) -> None:
    held = await session_of(chat, irina, anna, boris)
    await held.opens_vote()
    await held.votes(anna, "Совы")
    await held.group.removes()
    await chat.moves_to("2017-11-08 09:06")
    await held.leads("Подвести итоги", "Да, подвести итоги")
    await held.group.invites()
    assert GREETING in held.group.news
    assert [text for text in held.group.news if "завершена. Общие итоги:" in text]
    assert await live_at(chat, held.group) is None
    await opened(chat, held.group, irina)


async def test_a_session_opened_where_nothing_could_be_said_for_a_while_is_heard_again(
    chat: Chat, irina: Person
) -> None:
    """Writing was forbidden there, and is allowed now: nobody had to invite the bot anew."""
    group = await led_by(chat, irina)
    chat.emulator.refuse(group.peer, 986)
    await group.writes(irina, "/топ-20")
    chat.emulator.refuse(group.peer, None)
    await group.presses(irina, NEW_SESSION)
    assert group.pop_ups == [(irina.id, OPENED_POP_UP)]
    assert [text for text in group.news if "Ведёт: Ирина О." in text]


# --- messages that are gone, apps that are old


async def test_a_session_message_that_an_admin_deleted_is_written_anew_once_and_goes_on_there(
    chat: Chat, irina: Person, anna: Person, boris: Person
) -> None:
    held = await session_of(chat, irina, anna, boris)
    card = next(one for one in held.messages if "Ведёт:" in one.text)
    card.deleted = True
    for name in ("Вера", "Глеб", "Дарья"):
        late = chat.person(name)
        chat.emulator.invite(held.group.peer, irina.id, late.id)
        await held.group.forges(late, JoinSession(code=held.code).model_dump_json())
    cards = [one.text for one in held.messages if "Ведёт:" in one.text and not one.deleted]
    assert len(cards) == 1
    assert cards[0].endswith("Вступили: 5, в командах: 2.")


async def test_a_desk_of_an_old_app_is_one_message_for_each_press_and_not_for_each_ballot(
    chat: Chat, irina: Person, anna: Person, boris: Person
) -> None:
    """Its presses are messages of its own, below which nothing can be rewritten."""
    chat.emulator.person(irina.id).client = Client(callback_buttons=False)
    held = await session_of(chat, irina, anna, boris)
    await held.opens_vote()
    desks = len(_desks(chat, irina))
    await held.votes(anna, "Совы")
    await held.votes(boris, "Орлы")
    assert len(_desks(chat, irina)) == desks
    assert "Проголосовали все: 2 из 2." in held.desk
    assert await failures(chat) == []


async def test_an_old_app_in_the_conversation_joins_a_team_and_votes_by_messages(
    chat: Chat, irina: Person, anna: Person, boris: Person
) -> None:
    """What would be a pop-up is said, but not for whom anybody has voted."""
    chat.emulator.person(anna.id).client = Client(callback_buttons=False)
    held = await session_of(chat, irina, anna, boris)
    assert await held.teams() == {"Орлы": [anna.id], "Совы": [boris.id]}
    await held.opens_vote()
    await held.votes(anna, "Совы")
    assert await held.tally() == {"Орлы": 0, "Совы": 1}
    assert held.group.news[-1] == say("ru", "session-ballot-answered-openly", verdict="taken")
    assert await failures(chat) == []


def _desks(chat: Chat, person: Person) -> list[str]:
    return [one.text for one in chat.emulator.dialogue(person.id).messages if one.out and one.text.startswith("Пульт:")]


# --- heard


async def test_a_whole_session_needs_nothing_but_presses_and_mentions(
    chat: Chat, irina: Person, anna: Person, boris: Person
) -> None:
    """The bot has no right to see all: what is not said to it never reaches it."""
    vera = chat.person("Вера")
    group = await led_by(chat, irina, anna, boris, vera)
    held = await opened(chat, group, irina)
    await held.has_quiz()
    await held.has_task()
    await held.joins(anna)
    await group.writes(anna, "/команда Орлы")
    assert say("ru", "session-team-made", team="Орлы") in group.news
    await held.joins(boris)
    await group.writes(boris, "@ugu_local, команда Совы")
    await held.joins(vera, "Совы")
    assert await held.teams() == {"Орлы": [anna.id], "Совы": [boris.id, vera.id]}
    await group.writes(irina, "/пульт")
    await group.presses(irina, "Команды собраны")
    await group.presses(irina, "Начать: Вопрос – Ответ")
    await group.presses(irina, "Следующий вопрос")
    await group.presses(anna, "1. В электронном дневнике")
    assert group.pop_ups == [(anna.id, "Ответ принят: 1.")]
    await group.presses(boris, "3. На доске")
    await group.presses(irina, "Показать ответы")
    assert "Правильно ответили 50 %." in "\n".join(group.news)
    await group.presses(irina, "Закончить")
    await group.presses(irina, f"Работа: {TASK}")
    await held.hands_in(anna, "/работа")
    assert group.news[-1] == say("ru", "session-work-taken", team="Орлы")
    await held.hands_in(boris, "@ugu_local работа Наш план")
    await group.writes(vera, "@ugu_local, работа Второй план")
    await group.presses(irina, "Закончить")
    await group.presses(irina, "Сразу к голосованию")
    await held.votes(anna, "Совы")
    await held.votes(boris, "Орлы")
    await group.presses(irina, "Закрыть через минуту")
    await chat.moves_to("2017-11-08 09:02")
    await group.presses(irina, "Подвести итоги")
    await group.presses(irina, "Да, подвести итоги")
    assert group.said[-1].startswith("Сессия «Сессия 8 ноября» завершена. Общие итоги:")
    assert await held.tally() == {"Орлы": 1, "Совы": 1}
    works = [(one.text, one.path is not None) for one in await held.works()]
    assert works == [("", True), ("Наш план", True), ("Второй план", False)]
    assert await failures(chat) == []


@pytest.fixture
async def working(chat: Chat, irina: Person, anna: Person, boris: Person) -> Held:
    """Teams at work on a task, in a conversation where the bot sees all."""
    held = await session_of(chat, irina, anna, boris)
    await held.begins_work()
    chat.emulator.let_see_all(held.group.peer, True)
    return held


def task_of(held: Held) -> int:
    """The number of the message with the task."""
    return next(one.cmid for one in held.messages if "работа команд" in one.text)


async def test_a_photo_in_a_reply_to_the_task_is_a_work_where_the_bot_sees_all(
    chat: Chat, working: Held, anna: Person
) -> None:
    await working.hands_in(anna, "Готово", reply_to=task_of(working))
    assert working.group.news == [say("ru", "session-work-taken", team="Орлы")]
    assert [(one.text, one.is_here) for one in await working.works()] == [("Готово", True)]
    chat.emulator.let_see_all(working.group.peer, False)
    await working.hands_in(anna, "Готово", reply_to=task_of(working))
    assert working.group.news == []
    assert len(await working.works()) == 1


@pytest.mark.parametrize("said", ["класс!", "а сколько времени?", "работаем", "/shrug"])
async def test_talk_is_no_work_and_a_reply_to_another_message_of_the_bot_is_talk(
    chat: Chat, working: Held, anna: Person, said: str
) -> None:
    another = next(one.cmid for one in working.messages if "Ведёт:" in one.text)
    await working.group.writes(anna, said)
    await working.group.writes(anna, said, reply_to=another)
    assert await working.works() == []
    assert not [text for text in working.group.said if "Работа команды" in text]


async def test_a_text_in_a_reply_to_the_task_is_a_work_where_the_bot_sees_all(working: Held, anna: Person) -> None:
    await working.group.writes(anna, "Наш план: час помощи", reply_to=task_of(working))
    assert working.group.news == [say("ru", "session-work-taken", team="Орлы")]
    assert [one.text for one in await working.works()] == ["Наш план: час помощи"]


async def test_a_sticker_in_a_reply_to_the_task_is_neither_a_work_nor_asked_to_be_one(
    chat: Chat, working: Held, anna: Person
) -> None:
    await working.group.acts(
        lambda: chat.emulator.write(anna.id, sticker_id=2, peer_id=working.group.peer, reply_to=task_of(working))
    )
    assert await working.works() == []
    assert say("ru", "session-work-empty") not in working.group.said


async def test_what_members_show_and_tell_each_other_is_neither_a_work_nor_stored(
    chat: Chat, working: Held, anna: Person, boris: Person
) -> None:
    stored = await _events(chat, working.group)
    talk = await _said_by(chat, working, boris, "смотри, что вышло")
    await working.hands_in(anna, "смотрите")
    await working.hands_in(anna, "и ты посмотри", reply_to=talk)
    assert working.group.news == []
    assert await working.works() == []
    assert await _events(chat, working.group) == stored


async def _said_by(chat: Chat, held: Held, person: Person, text: str) -> int:
    await held.group.writes(person, text)
    return chat.emulator.dialogue(held.group.peer).messages[-1].cmid


async def _events(chat: Chat, group: Group) -> int:
    """How many events of a conversation were stored."""
    there = select(func.count()).select_from(schema.inbox).where(schema.inbox.c.peer == group.peer)
    stored: int = await chat.stored(lambda conn: conn.execute(there).scalar_one())
    return stored


async def test_where_no_session_is_held_its_commands_say_so_and_a_photo_is_left_alone(
    chat: Chat, irina: Person, anna: Person
) -> None:
    group = await led_by(chat, irina, anna)
    for asked in ("/работа", "@ugu_local команда Орлы", "/пульт"):
        await group.writes(anna, asked)
        assert group.news == [say("ru", "session-none-here")]
    chat.emulator.let_see_all(group.peer, True)
    photo = chat.emulator.attach(anna.id, "доска.png", picture(40, 30), "photo")
    await group.writes(anna, "смотрите", attachments=[photo])
    assert group.news == []
