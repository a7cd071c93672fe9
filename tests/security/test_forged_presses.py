"""Presses that no screen of the person ever showed: nothing changes, the answer is kind, others stay unknown."""

from collections.abc import Awaitable, Callable

import pytest

from tests.conversations.chat import Chat, Person
from tests.security.payloads import ASKS_A_COORDINATOR, NOWHERE, OWN_DOING, every_type, of_school
from tests.security.towns import (
    NAMES_THERE,
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


async def _forges_everything(chat: Chat, person: Person, both: Town, *, has_agreed: bool) -> None:
    """Presses every payload that names the other school's things."""
    for payload in of_school(both.there.targets):
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
    assert not [name for name in NAMES_THERE if name[:-1] in told], f"{payload!r} told: {told}"


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
