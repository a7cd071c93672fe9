"""What a handler's answer becomes in the outbox: cut, addressed, one pop-up for every press."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from bot.messenger import answers
from bot.messenger.events import Content, Event, EventKind
from bot.messenger.replies import Address, Ask, Lane, PopUp, Recipe, Replies, Rewrite, Say, parts
from bot.messenger.vk.keyboards import LIMITS
from bot.storage import schema
from bot.storage.outbox import Delivery, DeliveryKind, DeliveryState
from tests.storage.conftest import transaction

NOW = datetime(2017, 11, 10, 9, tzinfo=UTC)
PRESS = Event(1, "vk", EventKind.PRESS, 5, 5, 7, Content(payload="{}", ticket="t1"), NOW, NOW, NOW)
MESSAGE = Event(2, "vk", EventKind.MESSAGE, 5, 5, 8, Content(text="привет"), NOW, NOW, NOW)


@pytest.fixture
def conn(sqlite_url: str) -> Any:
    with transaction(sqlite_url) as conn:
        yield conn


def answered(conn: Connection, event: Event, replies: Replies, *, at_once: bool = True) -> list[Delivery]:
    return answers.store(conn, event, replies, LIMITS, at=NOW, at_once=lambda lane: at_once)


def kinds(deliveries: list[Delivery]) -> list[tuple[DeliveryKind, str]]:
    return [(one.kind, one.body.text) for one in deliveries]


@pytest.mark.parametrize("replies", [None, Say("Раз"), [Say("Раз"), PopUp("Тук")], [PopUp("Тук"), PopUp("Тук-тук")]])
def test_every_press_gets_exactly_one_pop_up(conn: Connection, replies: Replies) -> None:
    found = answered(conn, PRESS, replies)
    assert sum(one.kind is DeliveryKind.POP_UP for one in found) == 1
    assert next(one for one in found if one.kind is DeliveryKind.POP_UP).expires_at == NOW + timedelta(seconds=55)


def test_a_second_pop_up_and_one_for_a_typed_text_are_said_as_messages(conn: Connection) -> None:
    assert kinds(answered(conn, PRESS, [PopUp("Раз"), PopUp("Два")])) == [
        (DeliveryKind.POP_UP, "Раз"),
        (DeliveryKind.MESSAGE, "Два"),
    ]
    assert kinds(answered(conn, MESSAGE, PopUp("Раз"))) == [(DeliveryKind.MESSAGE, "Раз")]


def test_rewriting_edits_the_pressed_message_and_is_a_new_one_for_a_typed_text(conn: Connection) -> None:
    edited = answered(conn, PRESS, Rewrite("Новое"))[0]
    assert (edited.kind, edited.target_cmid) == (DeliveryKind.EDIT, 7)
    assert kinds(answered(conn, MESSAGE, Rewrite("Новое"))) == [(DeliveryKind.MESSAGE, "Новое")]


def test_a_text_to_somebody_else_goes_in_the_reminders_lane_of_that_peer(conn: Connection) -> None:
    sent = answered(conn, MESSAGE, Say("Вам", to=Address("vk", 9)))[0]
    assert (sent.peer, sent.lane) == (9, Lane.REMINDERS)


def test_what_the_sender_takes_at_once_is_born_offered_and_the_rest_queued(conn: Connection) -> None:
    assert answered(conn, MESSAGE, Say("Раз"))[0].state is DeliveryState.OFFERED
    assert answered(conn, MESSAGE, Say("Раз"), at_once=False)[0].state is DeliveryState.QUEUED
    states = conn.execute(select(schema.outbox.c.state, schema.outbox.c.first_offered_at)).all()
    assert [tuple(row) for row in states] == [("offered", NOW), ("queued", None)]


def test_every_body_has_a_random_id_of_its_own_that_is_not_zero(conn: Connection) -> None:
    ids = [one.body.random_id for one in answered(conn, MESSAGE, [Say(str(number)) for number in range(200)])]
    assert len(set(ids)) == 200
    assert all(0 < one < 2**31 for one in ids)


def test_the_file_and_the_keyboard_go_with_the_last_part_of_a_long_text(conn: Connection) -> None:
    found = answered(conn, MESSAGE, Say("слово " * 2000, recipe=Recipe("list", {}, "Файла нет")))
    assert len(found) > 2
    assert [one.body.recipe is not None for one in found] == [False] * (len(found) - 1) + [True]


def test_an_ask_is_a_row_that_the_messenger_is_not_told(conn: Connection) -> None:
    assert answered(conn, MESSAGE, Ask("name"))[0].kind is DeliveryKind.FETCH


@given(st.text(alphabet="аб \n", max_size=300), st.integers(5, 60))
def test_a_cut_text_loses_no_word_and_no_part_is_too_long(text: str, limit: int) -> None:
    pieces = parts(text, limit)
    assert pieces
    assert all(len(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_text_is_cut_at_a_line_then_at_a_space_then_anywhere() -> None:
    assert parts("раз два\nтри", 9) == ["раз два", "три"]
    assert parts("раз два три", 8) == ["раз два", "три"]
    assert parts("раздватри", 4) == ["разд", "ватр", "и"]
