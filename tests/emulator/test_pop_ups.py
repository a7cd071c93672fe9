"""messages.sendMessageEventAnswer: one answer to a press, in time, to whom it belongs."""

import json
from typing import Any

import pytest

from bot.emulator import Emulator, Person
from tests.emulator.conftest import Bot, Clock

SNACKBAR = {"type": "show_snackbar", "text": "Голос принят"}


@pytest.fixture
def answer(emulator: Emulator, anna: Person) -> dict[str, Any]:
    """The parameters that answer a fresh press of hers, but for the event_data."""
    ticket = emulator.press_forged(anna.id, {"o": 1}, cmid=1)
    return {"event_id": ticket, "user_id": anna.id, "peer_id": anna.id}


METHOD = "messages.sendMessageEventAnswer"


async def test_an_answer_pops_up_before_the_person_who_pressed(
    bot: Bot, emulator: Emulator, anna: Person, answer: dict[str, Any]
) -> None:
    assert await bot.call(METHOD, **answer, event_data=json.dumps(SNACKBAR)) == 1
    (popup,) = emulator.dialogue(anna.id).popups
    assert (popup.ticket, popup.cmid, popup.event_data) == (answer["event_id"], 1, SNACKBAR)


async def test_an_answer_without_event_data_just_stops_the_spinner(
    bot: Bot, emulator: Emulator, anna: Person, answer: dict[str, Any]
) -> None:
    await bot.call(METHOD, **answer)
    assert emulator.dialogue(anna.id).popups[0].event_data is None
    assert emulator.community.open_presses(anna.id) == []


async def test_a_second_answer_to_the_same_press_is_refused(bot: Bot, answer: dict[str, Any]) -> None:
    await bot.call(METHOD, **answer)
    assert await bot.error(METHOD, **answer) == 100


async def test_an_answer_after_sixty_seconds_is_refused(bot: Bot, answer: dict[str, Any], clock: Clock) -> None:
    clock.advance(61)
    assert await bot.error(METHOD, **answer) == 100


async def test_an_answer_for_somebody_else_is_refused_and_uses_nothing_up(
    bot: Bot, answer: dict[str, Any], stranger: Person
) -> None:
    for changed in ({"user_id": stranger.id}, {"peer_id": stranger.id}, {"event_id": "0000"}):
        assert await bot.error(METHOD, **answer | changed) == 100
    assert await bot.call(METHOD, **answer) == 1


@pytest.mark.parametrize(
    "event_data",
    [
        "{нет",
        "[]",
        '{"type":"dance"}',
        '{"type":"show_snackbar","text":"%s"}' % ("я" * 91),
        '{"type":"show_snackbar","text":""}',
        '{"type":"open_link","link":"javascript:alert(1)"}',
        '{"type":"open_link","link":"https://example.org/%s"}' % ("я" * 1000),
    ],
)
async def test_event_data_that_vk_would_not_show_is_refused(bot: Bot, answer: dict[str, Any], event_data: str) -> None:
    assert await bot.error(METHOD, **answer, event_data=event_data) == 100
