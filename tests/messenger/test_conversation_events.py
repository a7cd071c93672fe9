"""What of a conversation becomes an event: what is said to the bot, and its title, whatever VK shows of the rest."""

from datetime import UTC, datetime
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
        {"type": "chat_title_update", "text": " \0"},
        {"type": ["chat_kick_user"], "member_id": -GROUP},
        {"type": "chat_pin_message", "member_id": 5, "message": "/топ"},
        {"member_id": -GROUP},
        {},
    ],
)
def test_what_happens_to_others_in_a_conversation_is_no_event(action: dict[str, Any]) -> None:
    assert heard(action=action, text="/топ") is None


def test_a_new_title_is_an_event_of_who_gave_it_and_as_long_as_vk_lets_titles_be() -> None:
    found = heard(action={"type": "chat_title_update", "text": "Сессия\0 " + "ё" * 300})
    assert found is not None
    assert (found.kind, found.peer, found.user_id, found.cmid) == (EventKind.RENAMED, PEER, 5, None)
    assert found.content == Content(text="Сессия " + "ё" * 243)
    assert found.happened_at == datetime.fromtimestamp(1510300000, UTC)


def test_a_title_given_by_a_bot_or_told_outside_a_conversation_is_no_renaming() -> None:
    action = {"type": "chat_title_update", "text": "Сессия"}
    assert heard(action=action, from_id=-GROUP) is None
    private = heard(action=action, peer_id=5)
    assert private is not None
    assert (private.kind, private.content) == (EventKind.MESSAGE, Content())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Наш план", "Наш план"),
        ("[club222000111|@ugu], наш план", "наш план"),
        ("Наш план, [club222000111|@ugu]", "Наш план, [club222000111|@ugu]"),
        ("[id7|Олег] и я", "[id7|Олег] и я"),
        (" /топ-20", "/топ-20"),
        ("", ""),
    ],
)
def test_a_reply_to_a_message_of_the_bot_is_said_to_it_also_without_a_mention(text: str, said: str) -> None:
    content = content_of(text=text, reply_message={"from_id": -GROUP, "conversation_message_id": 2, "text": "Задание"})
    assert content == Content(text=said, reply_to=2)


@pytest.mark.parametrize("author", [7, -99, 0, GROUP, None, str(-GROUP)])
def test_a_reply_to_somebody_else_is_heard_with_a_mention_only(author: Any) -> None:
    reply = {"from_id": author, "conversation_message_id": 2, "text": "/топ"}
    assert heard(text="Наш план", reply_message=reply) is None
    content = content_of(text="[club222000111|@ugu] работа", reply_message=reply)
    assert content == Content(text="работа")


@pytest.mark.parametrize("cmid", [None, "2", -1, 0, 2**70, [2]])
def test_a_reply_whose_number_is_unknown_is_still_heard(cmid: Any) -> None:
    content = content_of(text="Наш план", reply_message={"from_id": -GROUP, "conversation_message_id": cmid})
    assert content == Content(text="Наш план")


PHOTO = {
    "type": "photo",
    "photo": {
        "id": 1,
        "sizes": [
            {"type": "s", "width": 75, "height": 50, "url": "https://vk.com/s"},
            {"type": "z", "width": 1280, "height": 853, "url": "https://vk.com/z"},
            {"type": "x", "width": 604, "height": 402, "url": "https://vk.com/x"},
        ],
    },
}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": "[club222000111|@ugu_local] работа"}, "работа"),
        ({"text": "/работа"}, "/работа"),
        ({"text": "Итог", "reply_message": {"from_id": -GROUP}}, "Итог"),
        ({"text": "", "reply_message": {"from_id": -GROUP}}, ""),
    ],
)
def test_a_photo_comes_in_its_largest_size_with_its_caption_or_as_a_reply(changes: dict[str, Any], said: str) -> None:
    content = content_of(attachments=[PHOTO], **changes)
    assert (content.text, content.attachments) == (said, (Attachment("photo", "https://vk.com/z"),))


def test_a_photo_that_members_show_each_other_is_not_heard() -> None:
    assert heard(text="работа", attachments=[PHOTO]) is None
    assert heard(text="", attachments=[PHOTO], reply_message={"from_id": 7, "attachments": [PHOTO]}) is None


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


TITLED = st.fixed_dictionaries({"type": st.just("chat_title_update"), "text": ANYTHING})
REPLIES = st.fixed_dictionaries({"from_id": st.just(-GROUP) | ANYTHING, "conversation_message_id": ANYTHING})


@given(ANYTHING | TITLED, ANYTHING, ANYTHING, ANYTHING | REPLIES, st.text(alphabet=st.characters(codec=None)))
def test_nothing_odd_about_a_conversations_message_is_ever_raised(
    action: Any, payload: Any, group: Any, reply: Any, text: str
) -> None:
    for said in (text, f"/{text}", f"[club{GROUP}|{text}]{text}"):
        odd = {"text": said, "payload": payload, "action": action, "reply_message": reply}
        found = heard(group, **odd) or heard(**odd)
        if found is not None:
            assert Content.from_json(found.content.to_json()) == found.content
