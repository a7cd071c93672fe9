"""What of a conversation becomes an event: only what is addressed to the bot, whatever VK shows of the rest."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messenger.events import Attachment, Content, EventKind, Incoming
from bot.messenger.vk import translation
from tests.messenger.test_translation import ANYTHING

PEER = 2_000_000_003
GROUP = 222000111
SENT = {
    "date": 1510300000, "from_id": 5, "peer_id": PEER, "out": 0, "text": "", "conversation_message_id": 3, "id": 0,
    "attachments": [], "fwd_messages": [],
}  # fmt: skip


def heard(group_id: Any = GROUP, **changes: Any) -> Incoming | None:
    content = {"message": {**SENT, **changes}}
    return translation.incoming({"type": "message_new", "event_id": "e1", "object": content, "group_id": group_id})


def content_of(**changes: Any) -> Content:
    found = heard(**changes)
    assert found is not None
    assert (found.kind, found.peer, found.user_id, found.cmid) == (EventKind.MESSAGE, PEER, 5, 3)
    return found.content


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[club222000111|@ugu] топ-20", "топ-20"),
        ("[club222000111|@ugu], топ-20", "топ-20"),
        ("  [public222000111|Акция «УГУ»] — Топ 20!", "Топ 20!"),
        ("[club222000111|@ugu]", ""),
        ("[club222000111|@ugu]\nтоп\nне топ", "топ\nне топ"),
        ("[club222000111|@ugu] [club222000111|@ugu] топ", "[club222000111|@ugu] топ"),
        ("/топ-20", "/топ-20"),
        (" /топ-20", "/топ-20"),
        ("/", "/"),
    ],
)
def test_what_begins_with_the_mention_or_a_slash_is_said_to_the_bot(text: str, said: str) -> None:
    assert content_of(text=text).text == said


@pytest.mark.parametrize(
    "text",
    ["", "топ-20", "спасибо, [club222000111|@ugu]", "[club99|@other] топ-20", "[id222000111|Анна] топ-20",
     "@ugu топ-20", "[club222000111|@ugu топ-20", "[club222000111] топ-20", "а /топ", "[club-222000111|а] топ",
     "[club" + "9" * 4000 + "|а]", "[club222000111|" + "а" * 4000],
)  # fmt: skip
def test_what_members_say_to_each_other_is_not_heard_at_all(text: str) -> None:
    assert heard(text=text) is None


def test_a_button_that_writes_is_heard_by_its_payload_whatever_its_text() -> None:
    content = content_of(text="[club222000111|@ugu] Итоги", payload='{"kind":"top"}')
    assert (content.text, content.payload) == ("Итоги", '{"kind":"top"}')
    assert content_of(text="Итоги", payload='{"kind":"top"}').payload == '{"kind":"top"}'


def test_a_link_a_start_button_and_forwarded_messages_count_in_private_only() -> None:
    content = content_of(text="/а", ref="v-1", payload='{"command":"start"}', fwd_messages=[{}])
    assert (content.ref, content.begun, content.forwarded) == (None, False, False)


def test_what_is_attached_to_an_addressed_message_comes_with_it() -> None:
    attached = [{"type": "doc", "doc": {"url": "https://vk.com/a", "title": "а.pdf", "size": 5}}]
    assert content_of(text="/работа", attachments=attached).attachments == (
        Attachment("doc", "https://vk.com/a", "а.pdf", 5),
    )


@pytest.mark.parametrize(
    ("action", "kind"),
    [("chat_invite_user", EventKind.JOINED), ("chat_kick_user", EventKind.REMOVED)],
)
def test_being_invited_and_removed_are_events_of_who_did_it(action: str, kind: EventKind) -> None:
    found = heard(action={"type": action, "member_id": -GROUP})
    assert found is not None
    assert (found.kind, found.peer, found.user_id, found.content) == (kind, PEER, 5, Content())


@pytest.mark.parametrize(
    "action",
    [
        {"type": "chat_invite_user", "member_id": 7},
        {"type": "chat_kick_user", "member_id": -99},
        {"type": "chat_create"},
        {"type": "chat_title_update", "member_id": -GROUP},
        {"type": ["chat_kick_user"], "member_id": -GROUP},
        {"type": "chat_pin_message", "member_id": 5, "message": "/топ"},
        {"member_id": -GROUP},
        {},
    ],
)
def test_what_happens_to_others_in_a_conversation_is_no_event(action: dict[str, Any]) -> None:
    assert heard(action=action, text="/топ") is None


@pytest.mark.parametrize(
    "changes", [{"from_id": -7}, {"from_id": 2_000_000_001}, {"from_id": 0}, {"out": 1, "from_id": -GROUP}]
)
def test_only_persons_are_heard_so_that_two_bots_never_talk_to_each_other(changes: dict[str, Any]) -> None:
    assert heard(text="/топ", **changes) is None


def test_without_knowing_which_community_it_is_nothing_is_taken_as_addressed() -> None:
    for group_id in (None, "x", 2**70):
        assert heard(group_id, text="[club222000111|@ugu] топ") is None


def test_a_history_never_gives_messages_of_conversations() -> None:
    assert translation.message({**SENT, "text": "/топ"}, "history-1") is None


def test_a_press_in_a_conversation_belongs_to_who_pressed() -> None:
    press = {"user_id": 5, "peer_id": PEER, "event_id": "t1", "payload": {"kind": "top"}, "conversation_message_id": 4}
    found = translation.incoming({"type": "message_event", "event_id": "e1", "object": press, "group_id": GROUP})
    assert found == Incoming("e1", EventKind.PRESS, PEER, 5, Content(payload='{"kind":"top"}', ticket="t1"), 4)


@given(ANYTHING, ANYTHING, ANYTHING, st.text(alphabet=st.characters(codec=None)))
def test_nothing_odd_about_a_conversations_message_is_ever_raised(
    action: Any, payload: Any, group: Any, text: str
) -> None:
    for said in (text, f"/{text}", f"[club{GROUP}|{text}]{text}"):
        found = heard(group, text=said, payload=payload, action=action)
        if found is not None:
            assert Content.from_json(found.content.to_json()) == found.content
