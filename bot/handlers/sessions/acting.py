"""Doing what a moderator presses on the desk: the session goes on, the protocol has a line of it."""

from datetime import timedelta
from typing import assert_never

from sqlalchemy import Connection

from bot.domain.sessions.agenda import Phase
from bot.domain.sessions.course import (
    Act,
    Planned,
    SessionState,
    Step,
    ended,
    extended,
    following,
    paused,
    resumed,
    vote_of,
)
from bot.handlers.sessions.access import Leading
from bot.messenger.work import Work
from bot.storage import session_acts, session_courses, session_quiz, sessions
from bot.storage.session_courses import Standing
from bot.wording import say_time
from bot.wording.sessions import minutes_of


def perform(work: Work, found: Leading, act: Act) -> None:
    """Do it; it is possible, as `course.possible` says."""
    conn, stands = work.conn, found.stands
    match act:
        case Act.BEGIN | Act.TO_VOTE | Act.NEW_ROUND:
            _begin(work, found, act)
        case Act.PAUSE | Act.RESUME | Act.EXTEND | Act.END:
            _change(work, found, act)
        case Act.ASK | Act.REVEAL:
            _go_on_with_quiz(work, found, act)
        case Act.GATHER:
            sessions.gather(conn, found.session.id, at=work.now)
            _note(work, found, act.value, teams=len(stands.course.teams))
        case Act.FINISH:
            sessions.move(conn, found.session.id, SessionState.FINISHED, at=work.now)
            _note(work, found, act.value)
        case _:
            assert_never(act)
    sessions.revise(conn, found.session.id)
    work.wake_sessions()


def _begin(work: Work, found: Leading, act: Act) -> None:
    planned = _planned(found.stands, act)
    if planned is None:
        return
    session_courses.begin(work.conn, found.stands, planned, at=work.now)
    team = next((team.name for team in found.stands.teams if team.id == planned.team), "")
    _note(work, found, act.value, phase=planned.phase.value, stage=planned.stage.title, team=team)


def _planned(stands: Standing, act: Act) -> Planned | None:
    course = stands.course
    if act is Act.TO_VOTE:
        return vote_of(course)
    if act is Act.BEGIN:
        return following(course)
    stage = next((stage for stage in course.agenda if course.step and stage.id == course.step.stage), None)
    return None if stage is None else Planned(stage, Phase.VOTE)


def _change(work: Work, found: Leading, act: Act) -> None:
    before, latest = found.stands.course.step, found.stands.latest
    if before is None or latest is None:
        return
    step = _changed(work, before, act)
    session_courses.let_stand(work.conn, found.stands, step, at=work.now)
    until = "" if step.ends_at is None else say_time(step.ends_at, work.campaign.calendar.zone)
    deed = "end-vote" if act is Act.END and step.phase is Phase.VOTE else act.value
    _note(
        work, found, deed, step=latest.number, phase=step.phase.value, until=until,
        left=minutes_of(step.left or timedelta(0)),
    )  # fmt: skip


def _changed(work: Work, step: Step, act: Act) -> Step:
    match act:
        case Act.PAUSE:
            return paused(step, at=work.now)
        case Act.RESUME:
            return resumed(step, at=work.now)
        case Act.EXTEND:
            return extended(step)
        case _:
            return ended(step, at=work.now)


def _go_on_with_quiz(work: Work, found: Leading, act: Act) -> None:
    step = found.stands.course.step
    if step is None:
        return
    conn: Connection = work.conn
    session_quiz.close(conn, step.stage, at=work.now)
    if act is Act.REVEAL:
        _note(work, found, act.value)
        return
    asked = next((one for one in session_quiz.of_stage(conn, step.stage) if one.opened_at is None), None)
    if asked is not None:
        session_quiz.ask(conn, asked.id, at=work.now)
        _note(work, found, act.value, text=asked.question.text)


def _note(work: Work, found: Leading, deed: str, **details: str | int) -> None:
    session_acts.note(work.conn, found.session.id, found.me.id, deed, at=work.now, **details)
