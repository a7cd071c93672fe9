"""VK's events in the pipeline's words; whatever VK or a tampered app sends, nothing is raised."""

import json
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messenger.events import Attachment, Content, EventKind
from bot.messenger.vk import translation

SENT = {
    "date": 1510300000, "from_id": 5, "peer_id": 5, "out": 0, "text": "привет", "conversation_message_id": 3,
    "attachments": [], "fwd_messages": [],
}  # fmt: skip


def update(kind: str, content: Any) -> dict[str, Any]:
    return {"type": kind, "event_id": "e1", "object": content, "group_id": 1, "v": "5.199"}


def written(**changes: Any) -> Content:
    found = translation.incoming(update("message_new", {"message": {**SENT, **changes}}))
    assert found is not None
    return found.content


def test_a_written_message_keeps_its_text_number_and_date() -> None:
    found = translation.incoming(update("message_new", {"message": SENT}))
    assert found is not None
    assert (found.kind, found.peer, found.user_id, found.cmid) == (EventKind.MESSAGE, 5, 5, 3)
    assert found.content == Content(text="привет")
    assert found.happened_at == datetime.fromtimestamp(1510300000, UTC)


@pytest.mark.parametrize("changes", [{"out": 1}, {"from_id": -7}, {"peer_id": 2_000_000_001}])
def test_our_own_other_communities_and_conversations_messages_are_left_out(changes: dict[str, Any]) -> None:
    assert translation.incoming(update("message_new", {"message": {**SENT, **changes}})) is None


def test_a_press_keeps_its_ticket_and_the_message_it_hangs_below() -> None:
    press = {"user_id": 5, "peer_id": 5, "event_id": "t1", "payload": {"kind": "knock"}, "conversation_message_id": 4}
    found = translation.incoming(update("message_event", press))
    assert found is not None
    assert (found.kind, found.cmid) == (EventKind.PRESS, 4)
    assert found.content == Content(payload='{"kind":"knock"}', ticket="t1")


def test_a_press_below_the_input_has_no_message() -> None:
    found = translation.incoming(update("message_event", {"user_id": 5, "peer_id": 5, "event_id": "t", "payload": 1}))
    assert found is not None
    assert found.cmid is None


def test_an_old_app_wraps_a_payload_and_it_is_unwrapped_however_often() -> None:
    payload = '{"kind":"knock"}'
    for _ in range(4):
        payload = json.dumps({"command": "not_supported_button", "button_type": "callback", "payload": payload})
    assert written(payload=payload).payload == '{"kind":"knock"}'


def test_the_begin_button_is_its_text_and_keeps_the_links_ref() -> None:
    content = written(text="Начать", payload='{"command":"start"}', ref="v-1")
    assert (content.text, content.payload, content.ref) == ("Начать", None, "v-1")


def test_of_a_photo_the_largest_size_is_meant() -> None:
    sizes = [{"width": 10, "url": "s"}, {"width": 90, "url": "l"}, "x", {"width": "9", "url": "t"}]
    photo = {"type": "photo", "photo": {"sizes": sizes}}
    assert written(attachments=[photo]).attachments == (Attachment("photo", "l"),)


def test_attachments_of_a_strange_shape_are_taken_by_their_kind_alone() -> None:
    strange = [{"type": "sticker"}, {"type": "doc", "doc": 7}, {"kind": "?"}, 5, {"type": 8}]
    assert written(attachments=strange).attachments == (Attachment("sticker"), Attachment("doc"))


def test_a_text_keeps_everything_that_a_database_can_hold() -> None:
    assert written(text="раз\x00два \ud800😀").text == "раздва 😀"


NUMBERS = st.integers() | st.floats() | st.sampled_from([2**63, -(2**63), 10**400])
ANYTHING = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(alphabet=st.characters(codec=None), max_size=8),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=6), inside, max_size=3),
    max_leaves=10,
)
KINDS = st.sampled_from(["message_new", "message_event", "message_allow", "message_deny", "group_join"])
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        name: st.integers(1, 10) | ANYTHING
        for name in ("date", "from_id", "peer_id", "user_id", "out", "text", "conversation_message_id", "payload",
                     "event_id", "ref", "attachments", "fwd_messages")
    },
)  # fmt: skip
ATTACHED = st.lists(
    st.fixed_dictionaries(
        {"type": st.sampled_from(["photo", "doc", "x"])},
        optional={
            "photo": st.fixed_dictionaries({"sizes": st.lists(ANYTHING) | ANYTHING}) | ANYTHING,
            "doc": st.dictionaries(st.sampled_from(["url", "title", "size"]), ANYTHING) | ANYTHING,
        },
    )
)


@given(KINDS, ANYTHING | FIELDS | st.fixed_dictionaries({"message": ANYTHING | FIELDS}))
def test_an_event_of_any_shape_is_understood_or_left_out_and_never_raises(kind: str, content: Any) -> None:
    found = translation.incoming(update(kind, content))
    if found is not None:
        assert Content.from_json(found.content.to_json()) == found.content
        assert all(abs(number) < 2**63 for number in (found.peer, found.user_id, found.cmid or 0))


@given(ANYTHING)
def test_nor_does_an_update_that_is_no_event_at_all(strange: Any) -> None:
    assert translation.incoming(strange) is None


@given(ATTACHED, st.text(alphabet=st.characters(codec=None)))
def test_attachments_and_texts_of_any_shape_can_be_stored(attached: Any, text: str) -> None:
    content = written(attachments=attached, text=text)
    orjson.loads(content.to_json())
    assert "\x00" not in content.text
