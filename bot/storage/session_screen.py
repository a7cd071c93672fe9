"""What a session's screen shows, read for the page: hidden tallies are not even read while their vote is open."""

from sqlalchemy import Connection

from bot.domain.identifiers import SessionId, TeamId, WorkId
from bot.domain.links import SessionRef, link
from bot.domain.sessions.agenda import Phase
from bot.domain.sessions.course import SessionState
from bot.domain.sessions.screen import (
    Screen,
    ScreenMember,
    ScreenQuestion,
    ScreenStage,
    ScreenState,
    ScreenTeam,
    ScreenTimer,
    ScreenVote,
    ScreenWork,
)
from bot.storage import session_courses, session_members, session_quiz, session_results, session_rounds, sessions
from bot.storage import session_works as works
from bot.storage.session_courses import Standing
from bot.storage.session_steps import StoredStep
from bot.storage.sessions import Session

_STATES = {
    SessionState.PREPARING: ScreenState.PREPARING,
    SessionState.RUNNING: ScreenState.RUNNING,
    SessionState.FINISHED: ScreenState.FINISHED,
}


def screen(conn: Connection, token: str, link_base: str) -> Screen | None:
    """The screen at this address; None for a wrong one. link_base: what a deep link to the community starts with."""
    session = sessions.by_screen_token(conn, token)
    stands = None if session is None else session_courses.standing(conn, session.id)
    if stands is None or stands.session.state not in _STATES:
        return None
    session, latest = stands.session, stands.latest
    running = session.state is SessionState.RUNNING
    members = session_members.of_session(conn, session.id)
    return Screen(
        title=session.title,
        state=_STATES[session.state],
        join_link=_join_link(session, link_base),
        joined=sum(not member.role.leads for member in members),
        gathered=session.gathered,
        teams=_teams(stands, members),
        stage=_stage(stands, latest) if running and latest else None,
        vote=_vote(conn, latest, session.id) if running and latest else None,
        question=_question(conn, latest) if running and latest else None,
        works=_works(conn, latest, session.id) if running and latest else (),
        overall=session_results.overall(conn, session.id) if session.state is SessionState.FINISHED else None,
    )


def picture_path(conn: Connection, token: str, work_id: WorkId) -> str | None:
    """The file of a picture that the screen at this address shows; None if it shows none by that number."""
    session, work = sessions.by_screen_token(conn, token), works.by_id(conn, work_id)
    if session is None or work is None or work.session != session.id or work.shown_at is None:
        return None
    return work.path


def _join_link(session: Session, link_base: str) -> str:
    if not session.state.is_live:
        return ""
    return session.invite_link or link(link_base, SessionRef(session.code))


def _teams(stands: Standing, members: list[session_members.Member]) -> tuple[ScreenTeam, ...]:
    of: dict[TeamId, list[ScreenMember]] = {}
    for member in members:
        if member.team is not None:
            of.setdefault(member.team, []).append(ScreenMember(member.number, member.name))
    return tuple(ScreenTeam(team.id, team.number, team.name, tuple(of.get(team.id, ()))) for team in stands.teams)


def _stage(stands: Standing, latest: StoredStep) -> ScreenStage:
    step, agenda = latest.step, stands.course.agenda
    number = next(number for number, stage in enumerate(agenda, start=1) if stage.id == step.stage)
    stage = agenda[number - 1]
    timer = ScreenTimer(step.state, step.ends_at, step.left)
    return ScreenStage(number, len(agenda), stage.title, stage.task, step.phase, timer, step.team)


def _vote(conn: Connection, latest: StoredStep, session: SessionId) -> ScreenVote | None:
    stored = session_rounds.latest(conn, session)
    if latest.step.phase is not Phase.VOTE or stored is None or stored.step_number != latest.number:
        return None
    entitled = session_rounds.electorate(conn, stored.id)
    is_secret = stored.is_open and stored.hidden
    return ScreenVote(
        stored.number,
        stored.is_open,
        stored.hidden,
        session_rounds.voted(conn, stored.id),
        entitled.all,
        has_jury=entitled.jurors > 0,
        places=None if is_secret else session_results.of_round(conn, stored).places,
    )


def _question(conn: Connection, latest: StoredStep) -> ScreenQuestion | None:
    if latest.step.phase is not Phase.QUIZ:
        return None
    of_stage = session_quiz.of_stage(conn, latest.step.stage)
    asked = [(number, one) for number, one in enumerate(of_stage, start=1) if one.opened_at is not None]
    if not asked:
        return None
    number, newest = asked[-1]
    counts = session_quiz.counts(conn, newest.id)
    options = newest.question.options
    return ScreenQuestion(
        number,
        len(of_stage),
        newest.question.text,
        options,
        newest.is_open,
        sum(counts.values()),
        right=None if newest.is_open else newest.question.right,
        answers=None if newest.is_open else tuple(counts.get(option, 0) for option in range(len(options))),
    )


def _works(conn: Connection, latest: StoredStep, session: SessionId) -> tuple[ScreenWork, ...]:
    """The works of the stage in progress; during a presentation those of the team that presents come first."""
    shown = [
        one
        for one in works.of_session(conn, session)
        if one.shown_at is not None and one.is_here and one.stage == latest.step.stage
    ]
    shown.sort(key=lambda one: one.team != latest.step.team)
    return tuple(ScreenWork(one.id, one.team, one.text, one.path is not None) for one in shown)
