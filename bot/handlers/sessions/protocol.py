"""«Протокол»: everything that happened in a session, as a spreadsheet and as a PDF, made anew whenever it is asked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.domain.identifiers import MemberId
from bot.domain.sessions.agenda import Phase, Stage
from bot.domain.sessions.course import SessionState
from bot.domain.sessions.quizzes import share_right
from bot.domain.sessions.results import Place
from bot.domain.sessions.teams import MemberRole
from bot.handlers.sessions.access import Leading, leading
from bot.handlers.sessions.buttons import home_only, labelled
from bot.messenger.keyboards import Keyboard
from bot.messenger.replies import PopUp, Recipe, Replies, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.session_leading import OpenProtocol
from bot.storage import (
    session_acts,
    session_members,
    session_quiz,
    session_results,
    session_rounds,
    session_steps,
    session_works,
    sessions,
)
from bot.storage.session_acts import DoneAct
from bot.storage.session_members import Member
from bot.storage.session_quiz import AskedQuestion
from bot.storage.session_results import RoundResult
from bot.storage.session_steps import StoredStep
from bot.wording import say, say_moment
from bot.wording.sessions import say_member

router = Router()


@router.pressed(OpenProtocol, before_consent=True)
def send_protocol(press: OpenProtocol, work: Work) -> Replies:
    found = leading(work, press.session)
    if isinstance(found, PopUp):
        return found
    step = found.stands.course.step
    if step is not None and step.is_open_vote:  # it would tell the hidden tallies
        return PopUp(say(work.locale, "session-protocol-vote-open"))
    if step is None:
        return PopUp(say(work.locale, "session-protocol-nothing"))
    facts = Facts(work, found).recipe()
    return [_file(work, found, "xlsx", facts), _file(work, found, "pdf", facts)]


def _file(work: Work, found: Leading, kind: str, facts: dict[str, Any]) -> Say:
    locale, session = work.locale, found.session.id
    title = say(locale, "session-protocol-file", title=found.session.title, kind=kind)
    again = Keyboard([[labelled(locale, "button-session-protocol", OpenProtocol(session=session))]])
    otherwise = say(locale, "session-protocol-failed")
    recipe = Recipe(f"session-protocol-{kind}", {**facts, "title": title}, otherwise, again)
    return Say(say(locale, "session-protocol", kind=kind), home_only(locale, session), recipe)


class Facts:
    """What the protocol tells, as the recipe of `documents/session_protocol.py` takes it."""

    def __init__(self, work: Work, found: Leading) -> None:
        self._work = work
        self._conn = work.conn
        self._stands = found.stands
        self._session = found.session
        self._members = session_members.of_session(work.conn, found.session.id)
        self._steps = session_steps.all_of(work.conn, found.session.id)

    def recipe(self) -> dict[str, Any]:
        """All of it."""
        session, ended_at = self._session, self._session.finished_at or self._work.now
        results = [
            session_results.of_round(self._conn, one) for one in session_results.closed_rounds(self._conn, session.id)
        ]
        return {
            "locale": self._work.locale,
            "session": session.title,
            "conversation": sessions.conversation_title(self._conn, session),
            "moderator": next(iter(self._of_role(MemberRole.MODERATOR)), ""),
            "helpers": self._of_role(MemberRole.HELPER),
            "jury": self._of_role(MemberRole.JUROR),
            "opened_at": self._moment(session.opened_at),
            "finished_at": self._moment(ended_at) if session.state is SessionState.FINISHED else "",
            "held_on": self._work.campaign.calendar.local_day(ended_at).isoformat(),
            "teams": [
                {
                    "id": team.id,
                    "number": team.number,
                    "name": team.name,
                    "members": [self._shown(one) for one in self._members if one.team == team.id],
                }
                for team in self._stands.teams
            ],
            "stages": [self._stage(stage, results) for stage in self._stands.course.agenda],
            "places": [_place(one) for one in session_results.overall(self._conn, session.id)],
            "acts": [self._act(one) for one in session_acts.of_session(self._conn, session.id)],
        }

    def _of_role(self, role: MemberRole) -> list[str]:
        return [self._shown(one) for one in self._members if one.role is role]

    def _moment(self, at: datetime | None) -> str:
        return "" if at is None else say_moment(self._work.locale, at, self._work.campaign.calendar.zone)

    # --- stages

    def _stage(self, stage: Stage, results: Sequence[RoundResult]) -> dict[str, Any]:
        steps = [one for one in self._steps if one.step.stage == stage.id]
        is_quiz = Phase.QUIZ in stage.phases
        asked = session_quiz.of_stage(self._conn, stage.id) if is_quiz else ()
        return {
            "kind": stage.kind.value,
            "title": stage.title,
            "task": stage.task,
            "began_at": self._moment(steps[0].began_at if steps else None),
            "ended_at": self._moment(_ended_at(steps)),
            "questions": [self._question(one) for one in asked if one.opened_at is not None],
            "works": self._works(stage),
            "rounds": [self._round(one) for one in results if one.round.stage == stage.id],
        }

    def _question(self, asked: AskedQuestion) -> dict[str, Any]:
        counts = session_quiz.counts(self._conn, asked.id)
        question = asked.question
        options = [{"text": text, "answers": counts.get(place, 0)} for place, text in enumerate(question.options)]
        return {
            "text": question.text,
            "options": options,
            "right": question.right,
            "share_right": share_right(question, counts),
        }

    def _works(self, stage: Stage) -> list[dict[str, Any]]:
        return [
            {
                "team": one.team,
                "by": self._name(one.member),
                "sent_at": self._moment(one.sent_at),
                "text": one.text,
                "has_picture": one.path is not None,
                "is_shown": one.shown_at is not None,
            }
            for one in session_works.of_session(self._conn, self._session.id)
            if one.stage == stage.id and one.is_here
        ]

    def _round(self, result: RoundResult) -> dict[str, Any]:
        stored = result.round
        refused = session_rounds.refused(self._conn, stored.id)
        return {
            "id": stored.id,
            "number": stored.number,
            "opened_at": self._moment(stored.opened_at),
            "closed_at": self._moment(stored.closed_at),
            "is_hidden": stored.hidden,
            "tie_rule": stored.tie_rule.value,
            "electors": result.electorate.all,
            "jurors": result.electorate.jurors,
            "voted": result.voted,
            "refused": {reason.value: presses for reason, presses in refused.items()},
            "places": [_place(one) for one in result.places],
            "ballots": [
                {
                    "number": one.number,
                    "voter": one.voter,
                    "team": one.team,
                    "is_juror": one.is_juror,
                    "cast_at": one.cast_at.isoformat(),
                }
                for one in session_rounds.log_of(self._conn, stored.id)
            ],
            "hash": stored.log_hash or "",
        }

    # --- acts

    def _act(self, act: DoneAct) -> dict[str, Any]:
        said: dict[str, str | int] = dict(act.details)
        what = say(
            self._work.locale,
            "session-deed",
            deed=act.deed,
            running="yes" if said.get("until") else "no",
            moved="yes" if said.get("before") else "no",
            who=self._by_number(said.get("who")),
            **{name: said.get(name, "") for name in ("stage", "phase", "team", "before", "until", "text", "title")},
            **{name: said.get(name, "") for name in ("role", "people", "teams", "hidden", "tie_rule", "left")},
        )
        return {
            "at": self._moment(act.at),
            "who": "" if act.member is None else self._name(act.member),
            "what": what,
        }

    def _by_number(self, number: str | int | None) -> str:
        """A member that an act names by the number, which stays when the name is forgotten."""
        return next((self._shown(one) for one in self._members if one.number == number), "")

    def _shown(self, member: Member) -> str:
        return say_member(self._work.locale, member.number, member.name)

    def _name(self, member: MemberId) -> str:
        return next((self._shown(one) for one in self._members if one.id == member), "")


def _ended_at(steps: Sequence[StoredStep]) -> datetime | None:
    return steps[-1].ended_at if steps else None


def _place(place: Place) -> dict[str, int]:
    score = place.score
    return {
        "team": score.team,
        "first": place.first,
        "last": place.last,
        "ballots": score.ballots,
        "could_vote": score.could_vote,
        "jury": score.jury,
        "jury_could": score.jury_could,
    }
