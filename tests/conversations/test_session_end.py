"""After «Подвести итоги»: nothing changes any more, the protocol can be recounted, people are forgotten in time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import Connection

from bot.domain.sessions.course import Act
from bot.domain.sessions.results import NO_HASH, log_hash
from bot.jobs.housekeeping import forget_session
from bot.presses.session_leading import AddTeams, OpenAgenda, OpenProtocol, RunAct, ShowWork
from bot.presses.sessions import ChooseTeam, HandInWork, JoinSession
from bot.storage import session_members, session_results, session_rounds, session_screen, session_works
from tests.conversations.chat import Chat, Person
from tests.conversations.sessions import FINISH, FINISH_SURE, HOME, JOIN_UNNAMED, Held, session_with
from tests.documents.pdf_text import read, text_of
from tests.security.towns import changed, stored_rows

IS_OVER = "Эта сессия уже завершена."
FINISHED = "2017-11-08 09:12"


@pytest.fixture
async def held(chat: Chat) -> Held:
    """A session that is over. Anna, shown by a number, sent a photo and voted in the first round, Boris in both; Vera
    helped to lead it."""
    held = await session_with(chat, "Анна", "Борис", "Вера")
    anna, boris, _ = held.members
    await held.group.presses(anna, JOIN_UNNAMED)
    await held.leads("Участники", "Вера К.", "В помощники", HOME)
    await held.opens_vote()
    await held.hands_in(anna, "/работа Наш план")
    await held.votes(anna, "Совы")
    await held.votes(boris, "Орлы")
    await chat.moves_to("2017-11-08 09:06")
    await held.leads("Новый раунд")
    await held.votes(boris, "Орлы")
    await chat.moves_to(FINISHED)
    await held.leads(FINISH, FINISH_SURE)
    return held


# --- nothing changes any more


async def test_after_the_results_no_press_and_no_command_of_who_leads_changes_anything(chat: Chat, held: Held) -> None:
    revision, [work] = (await held.stands()).session.revision, await held.works()
    before = await stored_rows(chat)
    for press in (
        OpenAgenda(session=held.id),
        AddTeams(session=held.id),
        ShowWork(session=held.id, work=work.id, shown=True),
    ):
        await held.leader.forges(press.model_dump_json())
        held.leader.sees_pop_up(IS_OVER)
    for act in (Act.NEW_ROUND, Act.BEGIN, Act.GATHER, Act.FINISH):
        await held.leader.forges(RunAct(session=held.id, act=act, revision=revision, sure=True).model_dump_json())
        held.leader.sees_pop_up("Пульт обновлён: что-то уже изменилось.")
    assert changed(before, await stored_rows(chat)) <= {"session_boards"}


async def test_after_the_results_no_press_and_no_command_of_members_changes_anything(chat: Chat, held: Held) -> None:
    anna, zoya = held.members[0], chat.person("Зоя")
    team = await held.team("Совы")
    before = await stored_rows(chat)
    await held.group.presses(anna, "Сдать работу")
    assert held.group.pop_ups == [(anna.id, IS_OVER)]
    for press in (
        ChooseTeam(session=held.id, team=team.id),
        JoinSession(code=held.code),
        HandInWork(session=held.id),
    ):
        await held.group.forges(anna, press.model_dump_json())
        assert held.group.pop_ups == [(anna.id, IS_OVER)]
    for typed in ("/команда Ежи", "/работа Новый план"):
        await held.group.writes(anna, typed)
        [answer] = held.group.news
        assert answer.startswith("Здесь нет сессии.")
    await zoya.begins(f"s-{held.code}")
    assert zoya.buttons == ["Меню"]
    assert changed(before, await stored_rows(chat)) == set()


async def test_the_last_word_is_said_once_and_names_the_hash_over_all_ballots(chat: Chat, held: Held) -> None:
    last = await chat.stored(session_results.last_hash, held.id)
    assert held.group.said[-1] == (
        "Сессия «Сессия 8 ноября» завершена. Общие итоги:\n\n"
        "1 место: «Орлы» — 1 голос из возможных 1\n2 место: «Совы» — 0 голосов из возможных 1\n\n"
        f"Хеш журнала голосов: {last[:12]}. Протокол — у ведущего. Спасибо всем!"
    )
    assert held.group.said[1] == "Стратегическая сессия «Сессия 8 ноября» завершена."
    await chat.moves_to("2017-11-09 09:00")
    assert sum("Общие итоги" in text for text in held.group.said) == 1
    await held.leads(HOME)
    held.leader.sees("«Сессия 8 ноября». Завершена.")
    held.leader.sees_buttons("Протокол", "Меню")


# --- the protocol


@pytest.mark.timeout(120)
async def test_the_protocol_is_the_same_for_all_who_lead_and_its_log_recounts_to_the_hash_told(
    chat: Chat, held: Held
) -> None:
    spreadsheet, pdf = await protocol(chat, held, held.leader)
    held.leader.sees("Протокол таблицей, с журналом голосов.", "Протокол для печати.")
    assert held.leader.documents == ["Протокол. Сессия 8 ноября.xlsx", "Протокол. Сессия 8 ноября.pdf"]
    told = await chat.stored(session_results.last_hash, held.id)
    assert recounted(log_lines(spreadsheet))[-1] == told
    assert told[:12] in held.group.said[-1]
    printed = "".join("".join(text_of(page).split()) for page in read(pdf))
    for shown in ("Участник2", "БорисК.", "ИринаО.", "Нашплан", "Голосование,раунд2(засчитан)", told):
        assert shown in printed
    assert "Анна" not in printed
    vera = held.members[2]
    await vera.begins()
    await chat.moves_to("2017-11-09 09:00")
    assert await protocol(chat, held, vera) == [spreadsheet, pdf]


async def protocol(chat: Chat, held: Held, person: Person) -> list[bytes]:
    """Both documents, asked for by somebody who leads; the process that makes them may be slow to start."""
    await person.has_read()
    chat.emulator.press_forged(person.id, OpenProtocol(session=held.id).model_dump_json())
    await chat.emulator.until(lambda: len(person.documents) == 2, 50)
    return downloaded(chat, person)


def downloaded(chat: Chat, person: Person) -> list[bytes]:
    """What is in the documents that somebody got."""
    files = chat.emulator.community.files
    messages = chat.emulator.dialogue(person.id).messages
    documents = [one["doc"] for message in messages for one in message.attachments if one["type"] == "doc"]
    return [files.contents[files.files["doc", document["id"]].sha256] for document in documents]


def log_lines(spreadsheet: bytes) -> list[str]:
    """The column of the log over which the hashes are counted."""
    sheet = load_workbook(BytesIO(spreadsheet))["Журнал голосов"]
    return [str(row[-1]) for row in sheet.iter_rows(min_row=3, values_only=True)]


def recounted(lines: Sequence[str]) -> list[str]:
    """The hash of each round, as the protocol tells anybody to count it."""
    hashes, pending = [], f"{lines[0]}\n"
    for line in lines[1:]:
        if "|" not in line:
            hashes.append(sha256(pending.encode()).hexdigest())
            pending = ""
        pending += f"{line}\n"
    return hashes


# --- forgotten


async def test_people_and_pictures_of_a_session_are_forgotten_after_its_days_and_the_hash_stays(
    chat: Chat, held: Held
) -> None:
    [work] = await held.works()
    assert work.path is not None
    kept = timedelta(days=chat.app.campaign.session_days)
    ends = datetime.fromisoformat(FINISHED).replace(tzinfo=chat.app.campaign.calendar.zone) + kept
    assert not await forgotten(chat, ends - timedelta(seconds=1), kept)
    assert Path(work.path).exists()
    token = (await held.stands()).session.screen_token
    assert await forgotten(chat, ends + timedelta(seconds=1), kept)
    assert not await forgotten(chat, ends + timedelta(seconds=2), kept)

    assert not Path(work.path).exists()
    left = await chat.stored(session_works.by_id, work.id)
    assert (left.text, left.path) == ("", None)
    members = await chat.stored(session_members.of_session, held.id)
    assert [(one.user_id, one.profile, one.name) for one in members] == [(None, None, None)] * 4
    assert await chat.stored(session_screen.screen, token, "https://vk.me/ugu_local") is None
    await held.leader.forges(OpenProtocol(session=held.id).model_dump_json())
    held.leader.sees_pop_up("Это кнопка ведущего сессии.")
    assert await hashes_recount(chat, held)


async def forgotten(chat: Chat, now: datetime, kept: timedelta) -> bool:
    """Whether the housekeeping of that moment has forgotten a session."""

    def forget(conn: Connection) -> bool:
        return forget_session(conn, now - kept, at=now)

    found: bool = await chat.stored(forget)
    return found


async def hashes_recount(chat: Chat, held: Held) -> bool:
    """Whether each round's hash follows from its ballots and the hash before it."""
    before = NO_HASH
    rounds = await chat.stored(session_results.closed_rounds, held.id)
    for one in rounds:
        before = log_hash(before, one.id, await chat.stored(session_rounds.log_of, one.id))
        if one.log_hash != before:
            return False
    return len(rounds) == 2
