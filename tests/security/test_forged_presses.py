"""Presses that no screen of the person ever showed: nothing changes, the answer is kind, others stay unknown."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bot.domain.sessions.codes import new_session_code
from bot.presses.session_leading import OpenSession
from bot.presses.sessions import ChooseTeam, EnterSession, HandInWork, JoinSession
from bot.wording import say
from tests.conversations.chat import Chat, Person
from tests.security.payloads import (
    ASKS_A_COORDINATOR,
    NOWHERE,
    OWN_DOING,
    every_type,
    naming,
    of_leading,
    of_school,
)
from tests.security.towns import (
    NAMES_THERE,
    WORDS_THERE,
    Targets,
    Town,
    answer,
    changed,
    erased,
    failures,
    heard,
    newcomer,
    stored_rows,
    stranger,
    town,
)

OUTSIDERS = [stranger, erased, newcomer]
FROM_ELSEWHERE: list[Callable[[Town], Person]] = [
    lambda town: town.here.pupil,
    lambda town: town.here.teacher,
    lambda town: town.here.coordinator,
]
COMMANDS_OF_COORDINATORS = ("заявки", "сводка", "кто не отчитался", "приглашения")
NOT_LEADING = "Это кнопка ведущего сессии."


@pytest.fixture
async def both(chat: Chat) -> Town:
    return await town(chat)


def test_every_payload_type_there_is_stands_in_the_table_of_forged_ones() -> None:
    assert {type(payload) for payload in of_school(NOWHERE)} == every_type()


@pytest.mark.parametrize("outsider", OUTSIDERS, ids=lambda one: one.__name__)
async def test_an_outsiders_forged_presses_change_nothing_and_tell_nothing(
    chat: Chat, both: Town, outsider: Callable[[Chat], Awaitable[Person]]
) -> None:
    await _forges_everything(chat, await outsider(chat), both, has_agreed=outsider is newcomer)


@pytest.mark.parametrize("role", FROM_ELSEWHERE, ids=["pupil", "teacher", "coordinator"])
async def test_people_of_one_school_reach_nothing_of_another_by_forging(
    chat: Chat, both: Town, role: Callable[[Town], Person]
) -> None:
    await _forges_everything(chat, role(both), both, has_agreed=True)


def without_the_link(at: Targets) -> Targets:
    """The same with another session's code: only who was given the link to join knows that."""
    return replace(at, session=replace(at.session, code=new_session_code(secrets.randbelow)))


async def _forges_everything(chat: Chat, person: Person, both: Town, *, has_agreed: bool) -> None:
    """Presses every payload that names the other school's things."""
    for payload in of_school(without_the_link(both.there.targets)):
        before, heard_before = await stored_rows(chat), heard(chat, person)
        await person.forges(payload.model_dump_json())
        allowed = OWN_DOING.get(type(payload), set()) if has_agreed else set()
        differing = changed(before, await stored_rows(chat))
        assert differing <= allowed, f"{payload!r} changed {differing}"
        if not isinstance(payload, ASKS_A_COORDINATOR):
            assert heard(chat, person) == heard_before, f"{payload!r} wrote to others"
        _told_kindly(answer(person), payload)
    assert await failures(chat) == []


def _told_kindly(told: str, payload: object) -> None:
    assert told, f"{payload!r} was not answered"
    assert "Что-то пошло не так" not in told, payload
    secret = (*(name[:-1] for name in NAMES_THERE), *WORDS_THERE)
    assert not [words for words in secret if words in told], f"{payload!r} told: {told}"


async def test_a_coordinators_typed_commands_tell_others_nothing(chat: Chat, both: Town) -> None:
    before = await stored_rows(chat)
    for command in COMMANDS_OF_COORDINATORS:
        for person in (both.here.pupil, both.here.teacher):
            await person.writes(command)
            assert answer(person).startswith("Этот раздел для координаторов")
        await both.here.coordinator.writes(command)
        _told_kindly(answer(both.here.coordinator), command)
    assert changed(before, await stored_rows(chat)) == set()


async def test_nobody_learns_by_trying_which_applications_there_are(chat: Chat, both: Town) -> None:
    pupil = both.here.pupil
    await pupil.forges(f'{{"kind":"application","application":{both.there.targets.application}}}')
    there_is_one = answer(pupil)
    await pupil.forges('{"kind":"application","application":99999}')
    assert answer(pupil) == there_is_one


# --- sessions, where others read along


@pytest.mark.parametrize("role", FROM_ELSEWHERE, ids=["pupil", "teacher", "coordinator"])
async def test_a_sessions_buttons_pressed_in_another_conversation_change_nothing_and_tell_nothing(
    chat: Chat, both: Town, role: Callable[[Town], Person]
) -> None:
    """Also by who leads the session there, and with the code of the other one."""
    person, group = role(both), both.here.held.group
    await person.has_read()
    before = await stored_rows(chat)
    for payload in naming(both.there.targets.session):
        heard_before = heard(chat, person)
        await group.forges(person, payload.model_dump_json(), cmid=len(group.said))
        [(pressed_by, told)] = group.pop_ups
        assert pressed_by == person.id
        _told_kindly(told, payload)
        assert heard(chat, person) == heard_before, f"{payload!r} wrote to somebody"
    assert person.news == []
    assert changed(before, await stored_rows(chat)) == set()
    assert await failures(chat) == []


async def _there_by_chance(chat: Chat, both: Town) -> Person:
    """Somebody from elsewhere, a leader of sessions, who was invited into the conversation there."""
    guest = both.here.coordinator
    chat.emulator.invite(both.there.held.group.peer, both.there.coordinator.id, guest.id)
    return guest


async def _taking_part(chat: Chat, both: Town) -> Person:
    return both.there.pupil


async def _reading_along(chat: Chat, both: Town) -> Person:
    return both.there.teacher


@pytest.mark.parametrize("who", [_there_by_chance, _taking_part, _reading_along], ids=lambda one: one.__name__[1:])
async def test_in_the_sessions_own_conversation_only_who_leads_it_leads_it(
    chat: Chat, both: Town, who: Callable[[Chat, Town], Awaitable[Person]]
) -> None:
    person, group = await who(chat, both), both.there.held.group
    await person.has_read()
    before = await stored_rows(chat)
    for payload in of_leading(both.there.targets.session):
        heard_before = heard(chat, person)
        await group.forges(person, payload.model_dump_json(), cmid=len(group.said))
        assert group.pop_ups in ([(person.id, NOT_LEADING)], [(person.id, say("ru", "conversation-privately-pop-up"))])
        assert heard(chat, person) == heard_before, f"{payload!r} wrote to somebody"
        await person.forges(payload.model_dump_json())
        assert answer(person) == NOT_LEADING or answer(person).startswith("Эта кнопка устарела."), payload
    assert changed(before, await stored_rows(chat)) == set()
    assert await failures(chat) == []


async def test_who_was_given_the_link_joins_the_session_and_leads_nothing_in_it(chat: Chat, both: Town) -> None:
    guest, at = await newcomer(chat), both.there.targets.session
    await guest.begins(f"s-{at.code}")
    await guest.presses("Вступить")
    before = await stored_rows(chat)
    for payload in of_leading(at):
        await guest.forges(payload.model_dump_json())
        _told_kindly(answer(guest), payload)
    assert changed(before, await stored_rows(chat)) == set()


async def test_nobody_learns_by_trying_which_sessions_there_are(chat: Chat, both: Town) -> None:
    pupil, at = both.here.pupil, both.there.targets.session
    no_code = new_session_code(secrets.randbelow)
    nowhere, team = type(at.session)(99_999), at.team
    for of_one, of_none in (
        (OpenSession(session=at.session), OpenSession(session=nowhere)),
        (ChooseTeam(session=at.session, team=team), ChooseTeam(session=nowhere, team=team)),
        (HandInWork(session=at.session), HandInWork(session=nowhere)),
        (JoinSession(code=no_code), EnterSession(code=no_code)),
    ):
        await pupil.forges(of_one.model_dump_json())
        there_is_one = answer(pupil)
        await pupil.forges(of_none.model_dump_json())
        assert answer(pupil) == there_is_one, of_one
