"""Promises about answers: everything taken in once, answered once, each answer delivered once and as it was stored."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.faults.randomly.after import After

PRESS_LIVES_S = 55
REPLIES, REMINDERS = 1, 2
Finding = str


def nothing_is_left_unhandled_unsent_or_set_aside(after: After) -> Iterator[Finding]:
    for row in after.table("inbox"):
        if row.handled_at is None:
            yield f"inbox row {row.id} ({row.kind}) is unhandled"
        if row.set_aside_at is not None:
            yield f"inbox row {row.id} ({row.kind}) was set aside:\n{row.trace}"
    for row in after.deliveries:
        if row.state in ("queued", "offered"):
            yield f"outbox row {row.id} ({row.kind}) is still {row.state}, reason {row.reason!r}"


def nothing_stays_uncertain_that_the_history_could_tell(after: After) -> Iterator[Finding]:
    """Only what is no answer may stay uncertain, and only after an outage longer than VK's memory."""
    for row in after.deliveries:
        if row.state == "uncertain" and not (after.had_long_outage and row.lane >= REMINDERS):
            yield f"outbox row {row.id} ({row.kind}, lane {row.lane}) is uncertain"


def every_message_was_taken_in_once(after: After) -> Iterator[Finding]:
    taken = Counter((row.peer, row.cmid) for row in after.table("inbox") if row.kind == "message")
    for peer, dialogue in after.emulator.community.dialogues.items():
        for message in dialogue.messages:
            if not message.out and taken.pop((peer, message.cmid), 0) != 1:
                yield f"message {message.cmid} of {peer} was not taken in once"
    for place in taken:
        yield f"message {place} was taken in and never written"


def every_press_was_taken_in_once_unless_the_queue_lost_it(after: After) -> Iterator[Finding]:
    taken = Counter(row.event_id for row in after.table("inbox") if row.kind == "press")
    for press in after.witness.presses.values():
        times = taken.pop(press.event_id, 0)
        if times > 1 or (times == 0 and not after.witness.may_be_lost(press)):
            yield f"the press {press.ticket} of {press.person} was taken in {times} times (event {press.number})"
    for event_id in taken:
        yield f"a press that nobody made was taken in: {event_id}"


def every_press_has_one_pop_up(after: After) -> Iterator[Finding]:
    taken = {row.event_id for row in after.table("inbox") if row.kind == "press"}
    tickets = Counter(row.ticket for row in after.deliveries if row.ticket is not None)
    for press in after.witness.presses.values():
        expected = int(press.event_id in taken)
        if tickets[press.ticket] != expected:
            yield f"the press {press.ticket} has {tickets[press.ticket]} pop-ups in the outbox, not {expected}"


def every_pop_up_was_shown_once_as_stored(after: After) -> Iterator[Finding]:
    stored = {row.ticket: row for row in after.deliveries if row.ticket is not None}
    shown = [popup for dialogue in after.emulator.community.dialogues.values() for popup in dialogue.popups]
    for ticket, times in Counter(popup.ticket for popup in shown).items():
        if times > 1 or ticket not in stored:
            yield f"a pop-up for {ticket} was shown {times} times, stored: {ticket in stored}"
    texts = {popup.ticket: (popup.event_data or {}).get("text", "") for popup in shown}
    for ticket, row in stored.items():
        if ticket in texts and texts[ticket] != (row.text or ""):
            yield f"the pop-up for {ticket} says {texts[ticket]!r}, stored was {row.text!r}"
        if row.kind == "pop_up" and row.state == "sent" and ticket not in texts:
            yield f"the pop-up for {ticket} was never shown"
        if row.kind == "pop_up" and row.state == "refused" and not _rightly_refused(after, row, shown=ticket in texts):
            yield f"the pop-up for {ticket} was refused: {row.reason}"


def _rightly_refused(after: After, row: Any, *, shown: bool) -> bool:
    """It was shown by an offer whose answer got lost, or the press was too old when it was offered."""
    press = after.witness.presses[row.ticket]
    return shown or row.closed_at.timestamp() - press.at > PRESS_LIVES_S


def every_message_of_the_bot_is_one_delivery(after: After) -> Iterator[Finding]:
    for peer, said in after.said.items():
        by_random_id = Counter(message.random_id for message in said)
        rows = {row.random_id: row for row in after.deliveries_by_peer.get(peer, []) if row.kind == "message"}
        for random_id, times in by_random_id.items():
            if times > 1 or random_id not in rows:
                stored = rows[random_id].id if random_id in rows else None
                yield f"{peer} got {times} messages of outbox row {stored}: {_quoted(said, random_id)}"


def _quoted(said: Any, random_id: int) -> str:
    return next(repr(message.text[:60]) for message in said if message.random_id == random_id)


def every_delivery_stands_in_its_dialogue(after: After) -> Iterator[Finding]:
    for peer, rows in after.deliveries_by_peer.items():
        cmids = {message.random_id: message.cmid for message in after.said.get(peer, [])}
        for row in rows:
            if row.kind == "message" and row.state == "sent" and cmids.get(row.random_id, 0) != row.cmid:
                yield f"outbox row {row.id} to {peer} is sent as {row.cmid}, found as {cmids.get(row.random_id)}"


def nothing_was_refused_without_a_cause(after: After) -> Iterator[Finding]:
    """Only who took no messages for a while may have missed one; an edit may be beaten by nothing but a newer one."""
    for row in after.deliveries:
        refused = row.state == "refused" and row.kind in ("message", "edit") and row.peer not in after.witness.refusing
        if refused or (row.state == "expired" and row.kind == "message"):
            yield f"outbox row {row.id} ({row.kind}) to {row.peer} is {row.state}: {row.reason}"


def every_message_says_what_was_stored_last(after: After) -> Iterator[Finding]:
    """A message shows its newest edit, or a newer one that was done and then, its answer lost, refused."""
    for peer, said in after.said.items():
        rows = after.deliveries_by_peer.get(peer, [])
        for message in said:
            of_it = [row for row in rows if _is_about(row, message)]
            last_sure = max((place for place, row in enumerate(of_it) if _surely_says(row, message)), default=0)
            texts = [row.text for row in of_it[last_sure:]]
            if message.text not in texts:
                yield f"message {message.cmid} of {peer} says {message.text[:60]!r}, stored: {texts}"


def _is_about(row: Any, message: Any) -> bool:
    """Whether it is the message, an edit of it, or an edit that in the end had to become a message of its own."""
    doubtful = row.target_cmid == message.cmid and row.state in ("sent", "refused")
    return bool(row.random_id == message.random_id or doubtful)


def _surely_says(row: Any, message: Any) -> bool:
    return bool(row.state == "sent" and (row.kind == "edit" or row.random_id == message.random_id))


def every_question_was_answered_once_and_in_order(after: After) -> Iterator[Finding]:
    """In the order of asking; but what the queue lost and a history told may overtake presses of the same moment."""
    recovered = {(row.peer, row.cmid) for row in after.table("inbox") if row.event_id.startswith("history-")}
    taken_presses = {row.event_id for row in after.table("inbox") if row.kind == "press"}
    newest: dict[int, int] = {}
    for question in after.witness.questions:
        answers = [
            row for row in after.deliveries_by_peer.get(question.person, []) if question.shown in (row.text or "")
        ]
        lost = question.ticket is not None and after.witness.presses[question.ticket].event_id not in taken_presses
        if len(answers) != int(not lost):
            yield f"{question.person} asked about {question.shown} and has {len(answers)} answers"
            continue
        if answers and answers[0].state != "sent" and question.person not in after.witness.refusing:
            yield f"{question.person} asked about {question.shown}, the answer is {answers[0].state}"
        if answers and (question.person, question.cmid) not in recovered:
            if answers[0].id < newest.get(question.person, 0):
                yield f"{question.person} was answered about {question.shown} before an earlier question"
            newest[question.person] = answers[0].id


def answers_stand_in_the_order_in_which_they_were_given(after: After) -> Iterator[Finding]:
    """Of what somebody else's act tells a person, no order is promised."""
    for peer, rows in after.deliveries_by_peer.items():
        newest = 0
        for row in rows:
            late = row.ticket is not None  # a pop-up that ran out comes as a message when that turns out
            if row.kind != "message" or row.state != "sent" or row.lane != REPLIES or late:
                continue
            if row.cmid < newest:
                yield f"outbox row {row.id} to {peer} arrived before an earlier one"
            newest = max(row.cmid, newest)


PROMISES = (
    nothing_is_left_unhandled_unsent_or_set_aside,
    nothing_stays_uncertain_that_the_history_could_tell,
    every_message_was_taken_in_once,
    every_press_was_taken_in_once_unless_the_queue_lost_it,
    every_press_has_one_pop_up,
    every_pop_up_was_shown_once_as_stored,
    every_message_of_the_bot_is_one_delivery,
    every_delivery_stands_in_its_dialogue,
    nothing_was_refused_without_a_cause,
    every_message_says_what_was_stored_last,
    every_question_was_answered_once_and_in_order,
    answers_stand_in_the_order_in_which_they_were_given,
)
