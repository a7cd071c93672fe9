"""A vote's messages in the conversation: its ballots with the count that runs along, and what it came to."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.domain.sessions.results import turnout
from bot.domain.sessions.teams import Team
from bot.jobs.session_board import LOCALE, Board, parts
from bot.messenger.keyboards import Button, Keyboard, rows_of
from bot.presses.sessions import CastBallot
from bot.storage import session_results, session_rounds
from bot.storage.session_courses import Standing
from bot.storage.session_results import RoundResult
from bot.storage.session_rounds import StoredRound
from bot.storage.session_steps import StoredStep
from bot.wording import say
from bot.wording.sessions import say_result, say_step, say_team, say_timer


class VoteBoards:
    """The boards of a session's votes. Hidden tallies stand in none of them while their vote is open."""

    def __init__(self, conn: Connection, stands: Standing, zone: ZoneInfo) -> None:
        self._conn = conn
        self._stands = stands
        self._session = stands.session
        self._teams = {team.id: team for team in stands.teams}
        self._zone = zone

    def _round(self, stored: StoredStep) -> StoredRound | None:
        rounds = session_rounds.of_session(self._conn, self._session.id)
        return next((one for one in rounds if one.step_number == stored.number), None)

    def ballots(self, stored: StoredStep) -> Iterator[Board]:
        """The step's vote: what it is about, the teams to choose from, how many have not voted."""
        found = self._round(stored)
        if found is None:
            return
        result = session_results.of_round(self._conn, found)
        standing = {place.score.team for place in result.places}
        all_parts = list(parts([team for team in self._stands.teams if team.id in standing]))
        for part, teams in enumerate(all_parts):
            is_last = part == len(all_parts) - 1
            yield Board(
                f"vote:{stored.number}:{part}",
                self._text(stored, result, teams, is_first=part == 0, is_last=is_last),
                self._buttons(result, teams),
            )

    def _text(
        self, stored: StoredStep, result: RoundResult, teams: Sequence[Team], *, is_first: bool, is_last: bool
    ) -> str:
        """The first message says what is voted on, the last, which stands right above the input, how many have not."""
        lines = [say(LOCALE, "session-vote-teams", lines=self._lines(result, teams))]
        if is_first:
            step = say_step(LOCALE, self._stands.course.agenda, stored.step, self._teams)
            about = say(
                LOCALE,
                "session-vote",
                step=step,
                round=str(result.round.number),
                timer=say_timer(LOCALE, stored.step, self._zone),
                open="yes" if result.round.is_open else "no",
            )
            lines.insert(0, about)
        if is_last:
            lines.append(self._turnout(result))
        return "\n\n".join(lines)

    def _lines(self, result: RoundResult, teams: Sequence[Team]) -> str:
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

    def _buttons(self, result: RoundResult, teams: Sequence[Team]) -> Keyboard | None:
        if not result.round.is_open:
            return None
        buttons = (Button(say_team(LOCALE, team), CastBallot(round=result.round.id, team=team.id)) for team in teams)
        return Keyboard(rows_of(buttons, 2))

    def result(self, stored: StoredStep) -> Iterator[Board]:
        """The places, once it is closed."""
        found = self._round(stored)
        if found is None or found.is_open:
            return
        result = session_results.of_round(self._conn, found)
        text = say(
            LOCALE,
            "session-result",
            stage=self._title(stored),
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

    def _title(self, stored: StoredStep) -> str:
        return next(stage.title for stage in self._stands.course.agenda if stage.id == stored.step.stage)
