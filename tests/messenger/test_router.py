"""How an event finds its handler, on real input: typed, pressed, forged, linked."""

from datetime import UTC, datetime
from typing import Any, ClassVar, Literal, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from sqlalchemy import Connection

from bot.config import Campaign
from bot.domain.identifiers import PersonId
from bot.messenger.events import Attachment, Content, Event, EventKind
from bot.messenger.replies import Replies, Say
from bot.messenger.router import Router
from bot.messenger.work import DialogueState, Work

NOW = datetime(2017, 11, 10, tzinfo=UTC)
PHRASES = {
    "phrase-balance": ["баланс", "УГУ"],
    "phrase-menu": ["Меню"],
    "phrase-count": ["счёт"],
    "phrase-work": ["работа", "сдать работу"],
    "phrase-team": ["работа команды"],
}
SHARED = 2_000_000_001


class Balance(BaseModel, frozen=True, extra="forbid", strict=True):
    kind: Literal["balance"] = "balance"


class Menu(BaseModel, frozen=True, extra="forbid", strict=True):
    kind: Literal["menu"] = "menu"


class Count(BaseModel, frozen=True, extra="forbid", strict=True):
    kind: Literal["count"] = "count"
    number: int


class AskNumber(BaseModel, frozen=True, extra="forbid", strict=True):
    kind: Literal["ask-number"] = "ask-number"
    expects_number: ClassVar[bool] = True


def counting(text: str) -> BaseModel | None:
    return Count(number=int(text)) if text.isdigit() else None


def built(*more: Router) -> Router:
    part = Router()
    part.phrase("phrase-balance", Balance())
    part.phrase("phrase-menu", Menu(), everywhere=True)
    part.recognises(counting)
    part.opens(lambda ref: counting(ref.removeprefix("n-")))
    part.pressed(Balance)(lambda press, work: Say("баланс"))
    part.pressed(Menu, before_consent=True)(lambda press, work: Say("меню"))
    part.pressed(Count, before_consent=True)(lambda press, work: Say(f"счёт {press.number}"))
    part.answered(AskNumber)(lambda question, work: Say(f"ответ {work.event.content.text}"))
    part.pressed_in_conversation(Count)(lambda press, work: Say(f"общий счёт {press.number}"))
    part.pressed_in_conversation(Menu)(lambda press, work: work.proceed(Balance().model_dump_json()))
    part.phrase("phrase-count", Count(number=0))
    part.said_in_conversation("phrase-work")(lambda text, work: Say(f"работа «{text}»"))
    part.said_in_conversation("phrase-team")(lambda text, work: Say(f"команда «{text}»"))
    here = ("in conversation", "failed in conversation")
    for case in ("no consent", "stale", "personal", "unclear", "attachment", "failed", *here):
        part.otherwise(case)(lambda work, case=case: Say(case))  # type: ignore[misc]  # a default of a lambda
    return Router().joined([part, *more], PHRASES)


def said(
    content: Content,
    *,
    person: int | None = 1,
    dialogue: DialogueState | None = None,
    peer: int = 5,
    router: Router | None = None,
) -> Any:
    router = router or built()
    event = Event(1, "vk", EventKind.MESSAGE, peer, 5, 1, content, NOW, NOW, NOW)
    work = Work(
        conn=cast("Connection", None),
        event=event,
        now=NOW,
        campaign=cast("Campaign", None),
        person=None if person is None else PersonId(person),
        erased=False,
        dialogue=dialogue or DialogueState(),
        link_base="",
        route=router.press,
    )
    reply: Replies = router.route(work)
    assert isinstance(reply, Say)
    return reply.text


@pytest.mark.parametrize("typed", ["баланс", "  БАЛАНС!", "/Баланс", "угу.", "Угу…"])
def test_a_phrase_is_known_however_it_is_written(typed: str) -> None:
    assert said(Content(text=typed)) == "баланс"


def test_a_text_that_is_no_phrase_is_recognised_by_its_form_or_not_understood() -> None:
    assert said(Content(text="123")) == "счёт 123"
    assert said(Content(text="что?")) == "unclear"
    assert said(Content()) == "attachment"


def test_an_open_question_gets_the_answer_before_any_phrase_but_not_before_those_that_work_everywhere() -> None:
    asking = DialogueState(question=AskNumber().model_dump_json())
    assert said(Content(text="баланс"), dialogue=asking) == "ответ баланс"
    assert said(Content(text="меню"), dialogue=asking) == "меню"
    assert asking.question is None


def test_before_consent_a_press_waits_as_the_errand_and_open_ones_are_answered() -> None:
    dialogue = DialogueState()
    assert said(Content(payload=Balance().model_dump_json()), person=None, dialogue=dialogue) == "no consent"
    assert dialogue.errand == Balance().model_dump_json()
    assert said(Content(payload='{"kind":"count","number":3}'), person=None) == "счёт 3"


@pytest.mark.parametrize(
    "forged",
    ["", "x", "anew", '{"anew":tru', "[]", "null", '{"kind":7}', '{"kind":"count"}', '{"kind":"count","number":"3"}',
     '{"kind":"count","number":3,"more":1}', '{"kind":"nobody"}', "[" * 900],
)  # fmt: skip
def test_a_forged_or_old_payload_is_answered_as_stale_and_never_raises(forged: str) -> None:
    expected = "stale" if forged else "unclear"
    assert said(Content(text="нажали", payload=forged)) == expected


@given(st.text(max_size=300))
def test_no_payload_whatever_it_is_makes_the_router_raise(payload: str) -> None:
    assert said(Content(text="нажали", payload=payload)) in ("stale", "unclear")


def test_a_links_ref_counts_once_and_an_unknown_one_not_at_all() -> None:
    dialogue = DialogueState()
    assert said(Content(text="Начать", ref="n-7"), dialogue=dialogue) == "счёт 7"
    assert said(Content(text="баланс", ref="n-7"), dialogue=dialogue) == "баланс"
    assert said(Content(text="баланс", ref="неизвестно")) == "баланс"


@pytest.mark.parametrize(
    "content",
    [Content(text="баланс"), Content(text="УГУ"), Content(text="123"), Content(text="что?"), Content(),
     Content(ref="n-7"), Content(text="Начать", begun=True, ref="n-7"), Content(personal="phone"), Content(payload="x"),
     Content(payload=Balance().model_dump_json()), Content(payload='{"kind":"count"}'), Content(text="меню")],
)  # fmt: skip
def test_where_others_read_along_only_what_is_made_for_it_is_done(content: Content) -> None:
    dialogue = DialogueState(question=AskNumber().model_dump_json())
    assert said(content, dialogue=dialogue, peer=SHARED) == "in conversation"
    assert dialogue == DialogueState(question=AskNumber().model_dump_json())


@pytest.mark.parametrize("person", [None, 1])
def test_a_button_made_for_conversations_works_there_for_anybody_and_otherwise_in_private(person: int | None) -> None:
    count = Content(payload='{"kind":"count","number":3}')
    assert said(count, peer=SHARED, person=person) == "общий счёт 3"
    assert said(count, person=person) == "счёт 3"


# --- what is said where others read along


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("/работа Наш план", "работа «Наш план»"),
        ("РАБОТА,  наш  план! ", "работа «наш  план! »"),
        ("работа", "работа «»"),
        ("/ работа", "работа «»"),
        ("Сдать работу Наш план:\n1. Начать", "работа «Наш план:\n1. Начать»"),
        ("работа команды Орлы", "команда «Орлы»"),
        ("работа командой", "работа «командой»"),
        ("работаем", "in conversation"),
        ("наша работа", "in conversation"),
        ("счёт", "общий счёт 0"),
        ("счёт 3", "in conversation"),
    ],
)
def test_a_text_that_begins_with_a_phrase_is_heard_with_what_follows_and_the_longest_phrase_counts(
    text: str, heard: str
) -> None:
    assert said(Content(text=text), peer=SHARED) == heard


def test_what_is_said_in_conversations_means_nothing_of_the_kind_in_private() -> None:
    assert said(Content(text="работа Наш план")) == "unclear"
    asking = DialogueState(question=AskNumber().model_dump_json())
    assert said(Content(text="/работа 7"), dialogue=asking) == "ответ /работа 7"


PHOTO = (Attachment("photo", "https://vk.com/a.jpg"),)


@pytest.mark.parametrize(
    "content", [Content(attachments=PHOTO), Content(text="готово", attachments=PHOTO), Content(text="да", reply_to=3)]
)
def test_a_file_or_a_reply_is_first_shown_to_who_may_take_it_in(content: Content) -> None:
    assert said(content, peer=SHARED, router=built(taking_in(Say("принято")))) == "принято"
    assert said(content, peer=SHARED, router=built(taking_in(None))) == "in conversation"


def test_where_nobody_takes_files_in_they_are_answered_like_anything_else() -> None:
    assert said(Content(attachments=PHOTO), peer=SHARED) == "in conversation"


@pytest.mark.parametrize(
    ("content", "heard"),
    [
        (Content(text="/работа", attachments=PHOTO), "работа «»"),
        (Content(text="счёт", attachments=PHOTO, reply_to=3), "общий счёт 0"),
        (Content(payload='{"kind":"count","number":3}', reply_to=3), "общий счёт 3"),
        (Content(text="да"), "in conversation"),
    ],
)
def test_what_is_a_command_a_press_or_mere_talk_is_not_taken_in(content: Content, heard: str) -> None:
    assert said(content, peer=SHARED, router=built(taking_in(Say("принято")))) == heard


def taking_in(answer: Say | None) -> Router:
    """A router with the same answer to whatever is handed in."""
    router = Router()
    router.otherwise("handed in")(lambda work: answer)
    return router


def test_personal_data_come_first_whatever_else_the_message_carries() -> None:
    assert said(Content(text="", personal="phone", payload=Balance().model_dump_json())) == "personal"


def test_a_mistyped_command_is_guessed_and_a_strange_one_is_not() -> None:
    assert built().suggestion("балнс") == ("баланс", Balance().model_dump_json())
    assert built().suggestion("здравствуйте") is None


def test_only_a_question_that_asks_for_a_number_expects_one() -> None:
    assert built().expects_number(AskNumber().model_dump_json())
    assert not built().expects_number(Balance().model_dump_json())
    assert not built().expects_number(None)
    assert not built().expects_number("не JSON")


def test_two_handlers_for_one_button_are_a_mistake_that_is_told_at_once() -> None:
    one, other = Router(), Router()
    for router in (one, other):
        router.pressed(Menu)(lambda press, work: None)
    with pytest.raises(ValueError, match="registered twice"):
        Router().joined([one, other], {})
    both = Router()
    both.pressed(Menu)(lambda press, work: None)
    both.pressed_in_conversation(Menu)(lambda press, work: None)
    with pytest.raises(ValueError, match="registered twice"):
        one.pressed(Menu)(lambda press, work: None)
