"""Payloads and links that no button of ours carries: always an answer, never a failed handler, nothing changed."""

import json
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import BaseModel, ValidationError

from bot.messenger.keyboards import told_anew
from bot.messenger.pace import Pace
from bot.messenger.vk import translation
from bot.messenger.vk.api import NoAnswer, PacedApi
from bot.messenger.vk.translation import storable
from tests.conversations.chat import Chat, Person
from tests.security.odd import ODD_PAYLOADS, ODD_REFS, ODD_VALUES, nested
from tests.security.payloads import OWN_DOING, of_school, of_session
from tests.security.towns import Town, failures, newcomer, stored_rows, stranger, town

AT_ONCE = 40


@pytest.fixture
async def anywhere(chat_anywhere: Chat) -> Town:
    return await town(chat_anywhere)


def distorted(fields: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The payload with each of its fields replaced by each odd value, with one missing, with one too many."""
    for name in fields.keys() - {"kind"}:
        yield from ({**fields, name: odd} for odd in ODD_VALUES)
        yield {one: value for one, value in fields.items() if one != name}
    yield {**fields, "more": "x"}


async def test_whatever_passes_for_a_payload_with_odd_values_is_answered_by_its_handler(
    chat_anywhere: Chat, anywhere: Town
) -> None:
    """By people who may press it, with what is their own, so that the odd value gets as far as it can."""
    here = anywhere.here
    forged: dict[str, list[dict[str, Any]]] = {}
    for payload in of_school(here.targets):
        if type(payload) not in OWN_DOING:
            taken, refused = sorted_by_form(payload)
            forged.setdefault(type(payload).__module__.rpartition(".")[2], []).extend([*taken, *refused[:1]])
    staff = {"teachers": here.teacher, "reports": here.teacher}
    of_coordinators = ("coordinators", "invitations", "session_leading")
    staff |= dict.fromkeys(of_coordinators, here.coordinator)
    for part, presses in forged.items():
        for start in range(0, len(presses), AT_ONCE):
            await _all_answered(chat_anywhere, staff.get(part, here.pupil), presses[start : start + AT_ONCE])
    assert await failures(chat_anywhere) == []


@pytest.mark.parametrize("role", ["coordinator", "pupil", "teacher"])
async def test_odd_values_in_a_sessions_buttons_are_answered_in_its_conversation_as_well(
    chat_anywhere: Chat, anywhere: Town, role: str
) -> None:
    """By who leads it, who takes part, and who only reads along."""
    here = anywhere.here
    person, peer = getattr(here, role), here.held.group.peer
    forged = []
    for payload in of_session(here.targets.session):
        taken, refused = sorted_by_form(payload)
        forged += [*taken, *refused[:1]]
    for start in range(0, len(forged), AT_ONCE):
        await _all_answered(chat_anywhere, person, forged[start : start + AT_ONCE], peer=peer)
    assert await failures(chat_anywhere) == []


def sorted_by_form(payload: BaseModel) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The distorted payloads that are well formed all the same, and those that are not: no third outcome."""
    taken, refused = [], []
    for odd in distorted(payload.model_dump(mode="json")):
        try:
            type(payload).model_validate_json(orjson.dumps(odd))
            taken.append(odd)
        except ValidationError:
            refused.append(odd)
    return taken, refused


async def _all_answered(chat: Chat, person: Person, forged: list[dict[str, Any]], *, peer: int | None = None) -> None:
    """peer: of the conversation in which they are pressed; None for the person's own dialogue."""
    tickets = {chat.emulator.press_forged(person.id, odd, peer): odd for odd in forged}
    await chat.settled()
    answered = {one.ticket for one in chat.emulator.dialogue(peer or person.id).popups}
    assert [odd for ticket, odd in tickets.items() if ticket not in answered] == []


async def test_a_message_may_carry_any_payload_and_nothing_is_changed_by_it(
    chat_anywhere: Chat, anywhere: Town
) -> None:
    people = (await stranger(chat_anywhere), anywhere.here.coordinator)
    before = await stored_rows(chat_anywhere)
    for person in people:
        for odd in ODD_PAYLOADS:
            await person.writes("Кнопка", payload=odd)
            assert person.news, odd[:80]
    assert await failures(chat_anywhere) == []
    assert await stored_rows(chat_anywhere) == before


async def test_a_button_wrapped_again_and_again_by_old_apps_is_answered(chat: Chat) -> None:
    person = await newcomer(chat)
    wrapped = '{"kind":"help"}'
    for _ in range(5):  # each time the quotes double their backslashes: a sixth would not fit into VK's payload
        wrapped = json.dumps({"command": "not_supported_button", "payload": wrapped})
        await person.writes("Кнопка", payload=wrapped)
        assert person.news[0].startswith("Что здесь можно"), wrapped
    nested_objects: dict[str, Any] = {"kind": "help"}
    for _ in range(50):
        nested_objects = {"command": "not_supported_button", "payload": nested_objects}
    await person.writes("Кнопка", payload=json.dumps(nested_objects))
    assert person.news
    assert await failures(chat) == []


async def test_a_deep_link_may_carry_any_ref_and_is_answered(chat_anywhere: Chat) -> None:
    """The database takes every one of them; a message with a ref that VK would never make is read like any other."""
    for odd in ODD_REFS:
        person = chat_anywhere.person("Захар")
        await person.begins(odd)
        assert person.news, odd
    assert await failures(chat_anywhere) == []


# --- what only VK itself could hand over decoded


def test_a_press_with_any_decoded_payload_becomes_an_event_with_json() -> None:
    odd: list[Any] = [2**70, -(2**70), float("nan"), float("inf"), "\ud83d", {"x": 2**64}, {"\ud83d": 1}, None, "", {}]
    for decoded in [*odd, *(orjson.loads(nested(depth)) for depth in (250, 300, 1000))]:
        event = translation.incoming(_press(payload=decoded))
        assert event is not None
        assert event.content.payload
        assert len(event.content.payload) <= translation.LONGEST_PAYLOAD
        assert told_anew(event.content.payload) == (event.content.payload, False)


@pytest.mark.parametrize("other", [{"peer_id": 100002}, {"peer_id": 2_000_000_000}, {"user_id": -1, "peer_id": -1}])
def test_a_press_in_a_dialogue_that_is_not_the_persons_own_is_none_of_ours(other: dict[str, int]) -> None:
    assert translation.incoming(_press(**other)) is None


def test_a_message_in_another_persons_dialogue_is_none_of_ours() -> None:
    sent = {"peer_id": 100002, "from_id": 100001, "date": 1, "conversation_message_id": 1, "text": "мои данные"}
    assert translation.message(sent, "e1") is None
    assert translation.message({**sent, "from_id": 100002}, "e1") is not None


@pytest.mark.parametrize("mark", ['"anew":true', '"anew":1', '"anew":null', '"anew":[true]'])
def test_our_own_mark_on_a_payload_can_be_forged_without_harm(mark: str) -> None:
    for depth in (1, 254, 255, 256, 400):
        payload = f'{{{mark},"kind":"menu","x":{nested(depth)}}}'
        told, _ = told_anew(payload)
        assert told


async def test_an_answer_of_vk_with_an_odd_text_in_it_is_read_all_the_same() -> None:
    """Else one such event would stop the queue for ever: the same answer would come again and again."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=answers[request.path.rpartition("/")[2]].encode(), content_type="application/json")

    answers = {
        "half": '{"response":{"text":"Ан\\ud83dна"}}', "number": '{"response":{"text":' + "9" * 40 + "}}",
        "none": '{"response":{"text":NaN}}', "deep": '{"response":' + nested(100_000) + "}", "cut": '{"response":{"te',
    }  # fmt: skip
    app = web.Application()
    app.router.add_post("/{method}", answer)
    async with TestServer(app) as server:
        api = PacedApi("vk1.a.x", str(server.make_url("/")), Pace(None), 5.0)
        for method in ("half", "number", "none"):
            assert "text" in (await api.request(method, {}))["response"]
            polled = await api.http_client.request_json(str(server.make_url(f"/{method}")), method="POST")
            assert storable(polled["response"]["text"])
        for method in ("deep", "cut"):
            with pytest.raises(NoAnswer):
                await api.request(method, {})
            with pytest.raises(ValueError, match=r"nested|Unterminated|JSON"):  # which the poll waits out
                await api.http_client.request_json(str(server.make_url(f"/{method}")), method="POST")
        await api.http_client.close()


def _press(**changed: object) -> dict[str, Any]:
    press = {"user_id": 100001, "peer_id": 100001, "event_id": "t", "payload": {}, "conversation_message_id": 1}
    return {"type": "message_event", "event_id": "e", "object": {**press, **changed}}
