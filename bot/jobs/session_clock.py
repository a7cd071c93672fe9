"""What happens by itself in one session, in one transaction: its timer, and its messages in the conversation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.domain.identifiers import SessionId
from bot.domain.sessions.agenda import Phase
from bot.domain.sessions.course import StepState, due, ticked
from bot.jobs.session_board import Board
from bot.jobs.session_boards import Boards
from bot.jobs.session_desks import desks
from bot.jobs.setting import Setting
from bot.messenger import keyboards
from bot.messenger.replies import Lane, parts
from bot.storage import (
    conversations,
    outbox,
    session_acts,
    session_boards,
    session_courses,
    session_rounds,
    sessions,
)
from bot.storage.outbox import Delivery, DeliveryKind, NewBody, NewDelivery
from bot.storage.session_boards import WrittenBoard
from bot.storage.session_courses import Standing
from bot.storage.sessions import LAST_BOARD

ARRIVING: Final = timedelta(seconds=0.05)  # until a press that is stored will have been handled


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one look at a session brought. due_at: when something happens by itself next, campaign time.

    again_at: when to look again at the latest, real time: a board waits for its turn, or a press to be handled.
    """

    deliveries: Sequence[Delivery] = ()
    due_at: datetime | None = None
    again_at: datetime | None = None


def tick(
    conn: Connection, session_id: SessionId, setting: Setting, at: datetime, real: datetime, *, pace: timedelta
) -> Ticked:
    """Let the session's timer go on, and its conversation see where it stands.

    at: campaign time; real: real time. pace: between two rewritings of one message, so that a conversation with many
    presses stays within what the messenger takes.
    """
    stands = session_courses.standing(conn, session_id, locked=True)
    if stands is None:
        return Ticked()
    waits = _let_time_pass(conn, stands, at)
    stands = session_courses.standing(conn, session_id)
    if stands is None:
        return Ticked()
    deliveries, later = _present(conn, stands, setting, real, pace)
    again = [at for at in (later, real + ARRIVING if waits else None) if at is not None]
    return Ticked(deliveries, due(stands.course.step), min(again, default=None))


def _let_time_pass(conn: Connection, stands: Standing, at: datetime) -> bool:
    """Do what the timer asks for; whether a vote waits for presses that arrived in time and are not handled yet."""
    latest = stands.latest
    if latest is None or not stands.session.state.is_live:
        return False
    step = ticked(latest.step, at=at)
    if step == latest.step:
        return False
    is_over = step.state is StepState.OVER
    if is_over and step.phase is Phase.VOTE and not _all_presses_are_in(conn, stands):
        return True
    ended_at = latest.step.ends_at if is_over and latest.step.ends_at is not None else at
    session_courses.let_stand(conn, stands, step, at=ended_at)
    deed = "over" if is_over else "warned"
    session_acts.note(conn, stands.session.id, None, deed, at=ended_at if is_over else at, step=latest.number)
    sessions.revise(conn, stands.session.id)
    return False


def _all_presses_are_in(conn: Connection, stands: Standing) -> bool:
    session = stands.session
    stored = session_rounds.latest(conn, session.id)
    return stored is None or session_rounds.may_be_closed(conn, session.messenger, session.peer, stored)


# --- the conversation


def _present(
    conn: Connection, stands: Standing, setting: Setting, real: datetime, pace: timedelta
) -> tuple[list[Delivery], datetime | None]:
    """Write what is new and rewrite what has changed; when the earliest board that still waits may be rewritten."""
    written = session_boards.of_session(conn, stands.session.id)
    deliveries: list[Delivery] = []
    waiting: list[datetime] = []
    for board in _boards(conn, stands, setting, written):
        before = written.get(board.key)
        if before is not None and before.digest == board.digest:
            continue
        if before is not None and (may_at := _may_be_rewritten_at(before, real, pace)) > real:
            waiting.append(may_at)
        elif board.key != LAST_BOARD or not waiting:  # after the last word nobody looks again
            deliveries += _write(conn, stands, board, before, setting, real)
    return deliveries, min(waiting, default=None)


def _boards(
    conn: Connection, stands: Standing, setting: Setting, written: Mapping[str, WrittenBoard]
) -> Iterator[Board]:
    yield from desks(conn, stands, setting.campaign, written)
    if not conversations.is_closed(conn, stands.session.messenger, stands.session.peer):
        yield from Boards(conn, stands, setting.campaign, setting.link_base).all()


def _may_be_rewritten_at(before: WrittenBoard, real: datetime, pace: timedelta) -> datetime:
    if before.in_flight:
        return real + max(pace, ARRIVING)
    # A clock that was put back must not keep a board from being rewritten.
    return before.shown_real_at + pace if before.shown_real_at <= real else real


def _write(
    conn: Connection, stands: Standing, board: Board, before: WrittenBoard | None, setting: Setting, real: datetime
) -> list[Delivery]:
    session = stands.session
    peer, cmid = board.peer or session.peer, None if before is None else before.cmid
    [text, *_] = parts(board.text, setting.limits.text)
    keyboard = None if board.keyboard is None else keyboards.stored(board.keyboard, setting.limits)
    new = NewDelivery(
        session.messenger,
        peer,
        Lane.REPLIES,
        NewBody(text, keyboard),
        DeliveryKind.MESSAGE if cmid is None else DeliveryKind.EDIT,
        target_cmid=cmid,
    )
    [delivery] = outbox.add(conn, [new], at=real, offered=lambda _: False)
    session_boards.note(conn, session.id, board.key, board.digest, peer=peer, row=delivery.id, cmid=cmid, real=real)
    return [delivery]
