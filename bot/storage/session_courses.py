"""Where a session stands: everything that the rules of `domain/sessions/course.py` ask about, and letting it go on.

A step, its round of votes and its quiz change together here, whoever wants it: a moderator or the clock.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.domain.identifiers import SessionId
from bot.domain.sessions.agenda import Phase
from bot.domain.sessions.course import Course, Planned, SessionState, Step, StepState, begun, over, paused
from bot.domain.sessions.teams import Team
from bot.storage import (
    session_acts,
    session_agenda,
    session_boards,
    session_members,
    session_quiz,
    session_rounds,
    session_steps,
    sessions,
)
from bot.storage.session_steps import StoredStep
from bot.storage.sessions import Session


@dataclass(frozen=True, slots=True)
class Standing:
    """A session with its course. teams: all of them, also those without members."""

    session: Session
    teams: tuple[Team, ...]
    course: Course
    latest: StoredStep | None


def standing(conn: Connection, session_id: SessionId, *, locked: bool = False) -> Standing | None:
    """The session as it stands. locked: nobody else changes it until this transaction ends."""
    session = (sessions.lock if locked else sessions.by_id)(conn, session_id)
    if session is None:
        return None
    teams = session_members.teams_of(conn, session.id)
    latest = session_steps.latest(conn, session.id)
    # The team that presents has its place in the order also when its last member was moved: others come after it.
    there = {*session_members.sizes(conn, session.id), latest.step.team if latest else None}
    asked = session_quiz.of_stage(conn, latest.step.stage) if latest and latest.step.phase is Phase.QUIZ else ()
    course = Course(
        agenda=session_agenda.agenda(conn, session.id),
        teams=tuple(team.id for team in teams if team.id in there),
        gathered=session.gathered,
        step=None if latest is None else latest.step,
        finished=session.state in (SessionState.FINISHED, SessionState.DROPPED),
        questions_left=sum(one.opened_at is None for one in asked),
        question_open=any(one.is_open for one in asked),
    )
    return Standing(session, teams, course, latest)


def begin(conn: Connection, stands: Standing, planned: Planned, *, at: datetime) -> None:
    """Let a step begin; whatever still ran before it is over, and a vote is opened with its rules as they are now."""
    session = stands.session
    if stands.latest is not None and stands.latest.step.state is not StepState.OVER:
        let_stand(conn, stands, over(stands.latest.step), at=at)
    step = begun(planned, at=at)
    number = session_steps.begin(conn, session.id, step, at=at)
    sessions.move(conn, session.id, SessionState.RUNNING, at=at)
    if step.phase is Phase.VOTE and step.ends_at is not None:
        session_rounds.open_round(
            conn, session.id, step.stage, number, opens_at=at, closes_at=step.ends_at, hidden=session.hidden,
            tie_rule=session.tie_rule,
        )  # fmt: skip


def let_stand(conn: Connection, stands: Standing, step: Step, *, at: datetime) -> None:
    """Let the latest step stand as it is now, and with it its round or its quiz. at: when it ended, if it is over."""
    if stands.latest is None:
        return
    session, number = stands.session.id, stands.latest.number
    session_steps.change(conn, session, number, step, at=at)
    if step.phase is Phase.QUIZ and step.state is StepState.OVER:
        session_quiz.close(conn, step.stage, at=at)
    stored = session_rounds.latest(conn, session) if step.phase is Phase.VOTE else None
    if stored is None or not stored.is_open:
        return
    if step.state is StepState.OVER:
        session_rounds.close(conn, stored, at=at)
    elif step.ends_at is not None:
        session_rounds.reschedule(conn, stored.id, step.ends_at)


def abandon(conn: Connection, session: SessionId, *, at: datetime) -> None:
    """End a live session that nobody leads any more: what still runs is over, an open vote is closed and sealed."""
    stands = standing(conn, session, locked=True)
    if stands is None or not stands.session.state.is_live:
        return
    step = stands.course.step
    if step is not None and step.state is not StepState.OVER:
        let_stand(conn, stands, over(step), at=at)
    has_begun = stands.session.state is SessionState.RUNNING
    sessions.move(conn, session, SessionState.FINISHED if has_begun else SessionState.DROPPED, at=at)


def suspend(conn: Connection, messenger: str, peer: int, *, at: datetime) -> Session | None:
    """The bot can say nothing in the conversation any more: what has a timer rests. The live session there, if any.

    An open vote goes on to its end: presses that arrive still count.
    """
    session = sessions.live_at(conn, messenger, peer)
    stands = None if session is None else standing(conn, session.id, locked=True)
    if stands is None:
        return None
    step = stands.course.step
    if step is not None and step.state is StepState.RUNNING and step.phase is not Phase.VOTE:
        let_stand(conn, stands, paused(step, at=at), at=at)
    session_acts.note(conn, stands.session.id, None, "left", at=at)
    sessions.revise(conn, stands.session.id)
    return stands.session


def return_to(conn: Connection, messenger: str, peer: int, *, at: datetime) -> Session | None:
    """The bot is in the conversation again: its messages there are written anew. The live session there, if any."""
    session = sessions.live_at(conn, messenger, peer)
    if session is not None:
        session_boards.forget(conn, session.id, peer)
        session_acts.note(conn, session.id, None, "returned", at=at)
        sessions.revise(conn, session.id)
    return session
