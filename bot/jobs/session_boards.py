"""What a session's messages in the conversation show at an instant: derived from where it stands, never stored.

A board has a key: while the key stays, a changed board is rewritten in place; a new key is a new message. So whatever
was missed while the bot was down is made up for, and nothing is said twice.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from bot.config import Campaign
from bot.domain.identifiers import TeamId
from bot.domain.sessions.agenda import Phase, Stage
from bot.domain.sessions.course import SessionState
from bot.domain.sessions.teams import Team
from bot.jobs.session_board import LOCALE, Board, parts
from bot.jobs.session_quiz_boards import question_boards
from bot.jobs.session_vote_boards import VoteBoards
from bot.messenger.keyboards import Button, Colour, Keyboard, Link, column, rows_of
from bot.presses.session_leading import OpenDesk
from bot.presses.sessions import ChooseTeam, HandInWork, JoinSession
from bot.storage import session_acts, session_members, session_results, session_steps
from bot.storage.session_boards import step_key
from bot.storage.session_courses import Standing
from bot.storage.session_steps import StoredStep
from bot.storage.sessions import LAST_BOARD
from bot.wording import say
from bot.wording.sessions import say_member, say_result, say_step, say_team, say_timer

SAID = frozenset({"warned", "pause", "resume", "extend", "end", "end-vote", "over"})
"""Deeds of which the conversation is told in a line of their own."""


class Boards:
    """The boards of one session at an instant of the campaign."""

    def __init__(self, conn: Connection, stands: Standing, campaign: Campaign, link_base: str) -> None:
        self._conn = conn
        self._stands = stands
        self._session = stands.session
        self._teams = {team.id: team for team in stands.teams}
        self._campaign = campaign
        self._zone = campaign.calendar.zone
        self._link_base = link_base
        self._votes = VoteBoards(conn, stands, self._zone)

    def all(self) -> Iterator[Board]:
        """Every board that should stand in the conversation now, in the order in which new ones are written."""
        yield self._card()
        if self._session.state is SessionState.DROPPED:
            yield Board(LAST_BOARD, say(LOCALE, "session-dropped", title=self._session.title))
            return
        yield from self._team_choice()
        if self._is_just_gathered():
            yield self._gathered()
        steps = session_steps.all_of(self._conn, self._session.id)[-2:]
        for stored in steps:
            yield from self._step(stored)
        if self._session.state is SessionState.FINISHED:
            yield self._final()

    # --- before it begins

    def _card(self) -> Board:
        session = self._session
        people = session_members.headcount(self._conn, session.id)
        leader = session_members.moderator(self._conn, session.id)
        text = say(
            LOCALE,
            "session-card",
            title=session.title,
            leader="" if leader is None else say_member(LOCALE, leader.number, leader.name),
            days=self._campaign.session_days,
            joined=people.joined,
            placed=people.placed,
            state=session.state.value,
        )
        return Board("card", text, self._card_buttons())

    def _card_buttons(self) -> Keyboard | None:
        if not self._session.state.is_live:
            return None
        code = self._session.code
        return column(
            Button(say(LOCALE, "button-session-join"), JoinSession(code=code), Colour.POSITIVE),
            Button(say(LOCALE, "button-session-join-unnamed"), JoinSession(code=code, named=False)),
            Button(say(LOCALE, "button-session-desk"), OpenDesk(session=self._session.id)),
            Link(say(LOCALE, "link-private"), self._link_base),
        )

    def _team_choice(self) -> Iterator[Board]:
        sizes = session_members.sizes(self._conn, self._session.id)
        for part, teams in enumerate(parts(self._stands.teams)):
            if self._session.gathered or not self._session.state.is_live:
                yield Board(f"teams:{part}", say(LOCALE, "session-teams-chosen", lines=self._list(teams, sizes)))
                continue
            buttons = (
                Button(say_team(LOCALE, team), ChooseTeam(session=self._session.id, team=team.id)) for team in teams
            )
            text = say(LOCALE, "session-teams-choose", lines=self._list(teams, sizes))
            yield Board(f"teams:{part}", text, Keyboard(rows_of(buttons, 2)))

    def _list(self, teams: Sequence[Team], sizes: dict[TeamId, int]) -> str:
        return "\n".join(
            say(LOCALE, "session-team-size", team=say_team(LOCALE, team), people=sizes.get(team.id, 0))
            for team in teams
        )

    def _is_just_gathered(self) -> bool:
        """Whether no step has begun since «Команды собраны»; a quiz may have gone before."""
        at, latest = self._session.gathered_at, self._stands.latest
        return at is not None and (latest is None or latest.began_at <= at)

    def _gathered(self) -> Board:
        return Board("gathered", say(LOCALE, "session-gathered", teams=len(self._stands.course.teams)))

    # --- a step

    def _step(self, stored: StoredStep) -> Iterator[Board]:
        match stored.step.phase:
            case Phase.VOTE:
                yield from self._votes.ballots(stored)
            case Phase.QUIZ:
                yield self._begun(stored)
                yield from question_boards(self._conn, stored)
            case _:
                yield self._begun(stored)
        yield from self._said(stored)
        if stored.step.phase is Phase.VOTE:
            yield from self._votes.result(stored)

    def _begun(self, stored: StoredStep) -> Board:
        step, stage = stored.step, self._stage(stored)
        text = say(
            LOCALE,
            "session-begun",
            step=say_step(LOCALE, self._stands.course.agenda, step, self._teams),
            phase=step.phase.value,
            task=stage.task if step.phase is not Phase.PRESENTATION else "",
            has_task="yes" if stage.task and step.phase is not Phase.PRESENTATION else "no",
            timer=self._timer(stored),
        )
        hand_in = Button(say(LOCALE, "button-session-work"), HandInWork(session=self._session.id), Colour.PRIMARY)
        takes_work = step.phase is Phase.WORK and self._session.state.is_live
        return Board(step_key(stored.number), text, column(hand_in) if takes_work else None)

    def _timer(self, stored: StoredStep) -> str:
        return say_timer(LOCALE, stored.step, self._zone)

    def _said(self, stored: StoredStep) -> Iterator[Board]:
        """What was said of this step while it went on; of an older one nothing any more."""
        if self._stands.latest is None or stored.number != self._stands.latest.number:
            return
        for act in session_acts.of_session(self._conn, self._session.id):
            is_told_by_result = act.deed == "over" and stored.step.phase is Phase.VOTE
            if act.deed in SAID and act.details.get("step") == stored.number and not is_told_by_result:
                yield Board(f"said:{act.id}", self._announcement(act, stored))

    def _announcement(self, act: session_acts.DoneAct, stored: StoredStep) -> str:
        until, left = act.details.get("until", ""), int(act.details.get("left", 0))
        return say(
            LOCALE,
            "session-said",
            deed=act.deed,
            phase=stored.step.phase.value,
            until=str(until),
            running="yes" if until else "no",
            minutes=left,
        )

    def _stage(self, stored: StoredStep) -> Stage:
        return next(stage for stage in self._stands.course.agenda if stage.id == stored.step.stage)

    def _final(self) -> Board:
        overall = session_results.overall(self._conn, self._session.id)
        jury = any(place.score.jury_could for place in overall)
        lines = say_result(LOCALE, overall, self._teams, with_jury=jury)
        return Board(
            LAST_BOARD,
            say(
                LOCALE,
                "session-final",
                title=self._session.title,
                lines=lines,
                voted="yes" if overall else "no",
                hash=session_results.last_hash(self._conn, self._session.id)[:12],
            ),
        )
