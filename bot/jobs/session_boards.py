"""What a session's messages in the conversation show at an instant: derived from where it stands, never stored.

A board has a key: while the key stays, a changed board is rewritten in place; a new key is a new message. So whatever
was missed while the bot was down is made up for, and nothing is said twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection

from bot.config import Campaign
from bot.domain.identifiers import TeamId
from bot.domain.sessions.agenda import Phase, Stage
from bot.domain.sessions.course import SessionState
from bot.domain.sessions.quizzes import share_right
from bot.domain.sessions.results import turnout
from bot.domain.sessions.teams import Team
from bot.messenger.keyboards import Button, Colour, Keyboard, Link, column, rows_of
from bot.presses.session_leading import OpenDesk
from bot.presses.sessions import AnswerQuestion, CastBallot, ChooseTeam, HandInWork, JoinSession
from bot.storage import session_acts, session_members, session_quiz, session_results, session_rounds, session_steps
from bot.storage.session_courses import Standing
from bot.storage.session_quiz import AskedQuestion
from bot.storage.session_results import RoundResult
from bot.storage.session_rounds import StoredRound
from bot.storage.session_steps import StoredStep
from bot.storage.sessions import LAST_BOARD
from bot.wording import LOCALES, say
from bot.wording.sessions import say_member, say_result, say_step, say_team, say_timer

TEAMS_A_BOARD = 10  # as many buttons as a message has
LOCALE = LOCALES[0]  # everybody reads along
SAID = frozenset({"warned", "pause", "resume", "extend", "end", "end-vote", "over"})
"""Deeds of which the conversation is told in a line of their own."""


@dataclass(frozen=True, slots=True)
class Board:
    """A message as it should be now. peer: where; None for the conversation."""

    key: str
    text: str
    keyboard: Keyboard | None = None
    peer: int | None = None

    @property
    def digest(self) -> str:
        """Another one for whatever looks different."""
        return sha256(f"{self.text}\0{self.keyboard!r}".encode()).hexdigest()


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
        for part, teams in enumerate(_parts(self._stands.teams)):
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
                yield from self._vote(stored)
            case Phase.QUIZ:
                yield self._begun(stored)
                yield from self._questions(stored)
            case _:
                yield self._begun(stored)
        yield from self._said(stored)
        if stored.step.phase is Phase.VOTE:
            yield from self._result(stored)

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
        return Board(f"step:{stored.number}", text, column(hand_in) if takes_work else None)

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

    # --- the vote

    def _round(self, stored: StoredStep) -> StoredRound | None:
        rounds = session_rounds.of_session(self._conn, self._session.id)
        return next((one for one in rounds if one.step_number == stored.number), None)

    def _vote(self, stored: StoredStep) -> Iterator[Board]:
        found = self._round(stored)
        if found is None:
            return
        result = session_results.of_round(self._conn, found)
        standing = {place.score.team for place in result.places}
        parts = list(_parts([team for team in self._stands.teams if team.id in standing]))
        for part, teams in enumerate(parts):
            is_last = part == len(parts) - 1
            yield Board(
                f"vote:{stored.number}:{part}",
                self._ballot_text(stored, result, teams, is_first=part == 0, is_last=is_last),
                self._ballot_buttons(result, teams),
            )

    def _ballot_text(
        self, stored: StoredStep, result: RoundResult, teams: Sequence[Team], *, is_first: bool, is_last: bool
    ) -> str:
        """The first message says what is voted on, the last, which stands right above the input, how many have not."""
        lines = [say(LOCALE, "session-vote-teams", lines=self._ballot_lines(result, teams))]
        if is_first:
            step = say_step(LOCALE, self._stands.course.agenda, stored.step, self._teams)
            about = say(
                LOCALE,
                "session-vote",
                step=step,
                round=str(result.round.number),
                timer=self._timer(stored),
                open="yes" if result.round.is_open else "no",
            )
            lines.insert(0, about)
        if is_last:
            lines.append(self._turnout(result))
        return "\n\n".join(lines)

    def _ballot_lines(self, result: RoundResult, teams: Sequence[Team]) -> str:
        if result.round.hidden or not result.round.is_open:
            return "\n".join(say_team(LOCALE, team) for team in teams)
        scores = {place.score.team: place.score for place in result.places}
        return "\n".join(
            say(
                LOCALE,
                "session-vote-live",
                team=say_team(LOCALE, team),
                ballots=scores[team.id].ballots,
                with_jury="yes" if result.electorate.jurors else "no",
                jury=scores[team.id].jury,
            )
            for team in teams
        )

    def _turnout(self, result: RoundResult) -> str:
        left = turnout(result.voted, result.electorate.all)
        if not result.round.is_open:
            return say(LOCALE, "session-vote-closed", voted=result.voted, of=str(result.electorate.all))
        return say(LOCALE, "session-vote-turnout", left=left, of=str(result.electorate.all))

    def _ballot_buttons(self, result: RoundResult, teams: Sequence[Team]) -> Keyboard | None:
        if not result.round.is_open:
            return None
        buttons = (Button(say_team(LOCALE, team), CastBallot(round=result.round.id, team=team.id)) for team in teams)
        return Keyboard(rows_of(buttons, 2))

    def _result(self, stored: StoredStep) -> Iterator[Board]:
        found = self._round(stored)
        if found is None or found.is_open:
            return
        result = session_results.of_round(self._conn, found)
        text = say(
            LOCALE,
            "session-result",
            stage=self._stage(stored).title,
            round=str(found.number),
            lines=self._places(result),
            voted=result.voted,
            of=str(result.electorate.all),
            hash=(found.log_hash or "")[:12],
        )
        yield Board(f"result:{found.id}", text)

    def _places(self, result: RoundResult) -> str:
        """The places, or without any ballot just the teams."""
        if not result.voted:
            return "\n".join(say_team(LOCALE, self._teams[place.score.team]) for place in result.places)
        return say_result(LOCALE, result.places, self._teams, with_jury=result.electorate.jurors > 0)

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

    # --- the quiz

    def _questions(self, stored: StoredStep) -> Iterator[Board]:
        of_stage = session_quiz.of_stage(self._conn, stored.step.stage)
        for number, one in enumerate(of_stage, start=1):
            if one.opened_at is not None:
                yield self._question(one, number, len(of_stage))

    def _question(self, asked: AskedQuestion, number: int, of: int) -> Board:
        counts = session_quiz.counts(self._conn, asked.id)
        question, key = asked.question, f"question:{asked.id}"
        title = say(LOCALE, "session-question", number=str(number), of=str(of), text=question.text)
        if not asked.is_open:
            lines = [self._answer_line(asked, option, counts.get(option, 0)) for option in range(len(question.options))]
            share = share_right(question, counts)
            right = [] if share is None else [say(LOCALE, "session-question-right", share=str(share))]
            return Board(key, "\n".join([title, *lines, *right]))
        lines = [
            say(LOCALE, "session-option", number=str(place), text=option)
            for place, option in enumerate(question.options, start=1)
        ]
        answered = say(LOCALE, "session-answered", people=sum(counts.values()))
        buttons = (
            Button(
                say(LOCALE, "session-option", number=str(place + 1), text=option),
                AnswerQuestion(question=asked.id, option=place),
            )
            for place, option in enumerate(question.options)
        )
        return Board(key, "\n".join([title, *lines, answered]), column(*buttons))

    def _answer_line(self, asked: AskedQuestion, option: int, people: int) -> str:
        return say(
            LOCALE,
            "session-option-counted",
            right="yes" if asked.question.right == option else "no",
            text=asked.question.options[option],
            people=people,
        )


def _parts(teams: Sequence[Team]) -> Iterator[Sequence[Team]]:
    for start in range(0, len(teams), TEAMS_A_BOARD):
        yield teams[start : start + TEAMS_A_BOARD]
