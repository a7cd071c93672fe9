"""A press on a team's button in a vote: counted once, or refused with its own pop-up."""

from typing import assert_never

from bot.domain.sessions.ballots import (
    Accepted,
    AcceptedBefore,
    AlreadyVoted,
    NotEntitled,
    OwnTeam,
    Verdict,
    VotingClosed,
    judge_ballot,
    why,
)
from bot.messenger.events import EventKind
from bot.messenger.replies import PopUp, Replies, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.sessions import CastBallot
from bot.storage import session_rounds
from bot.storage.session_rounds import Pressed
from bot.wording import say

router = Router()


@router.pressed(CastBallot, before_consent=True)
def cast_elsewhere(press: CastBallot, work: Work) -> Replies:
    """No button of a vote is ever shown in somebody's own dialogue."""
    return PopUp(say(work.locale, "session-elsewhere"))


@router.pressed_in_conversation(CastBallot)
def cast(press: CastBallot, work: Work) -> Replies:
    event = work.event
    pressed = session_rounds.pressed(work.conn, press.round, press.team, event.messenger, event.user_id)
    if pressed is None or (event.messenger, event.peer) != (pressed.messenger, pressed.peer):
        return PopUp(say(work.locale, "session-elsewhere"))
    # By the arrival, for which a press has no other date: whatever waited in the inbox counts as when it came.
    verdict = judge_ballot(pressed.round, pressed.elector, pressed.earlier, press.team, at=event.arrived_at)
    if isinstance(verdict, Accepted):
        assert pressed.elector is not None
        session_rounds.cast(work.conn, press.round, pressed.elector.member, verdict.team, at=event.arrived_at)
        work.wake_sessions()
    elif not isinstance(verdict, AcceptedBefore):
        session_rounds.count_refusal(work.conn, press.round, why(verdict))
    if event.kind is not EventKind.PRESS:
        # An old client's press is a message, and so is the answer to it: everybody reads it.
        return Say(say(work.locale, "session-ballot-answered-openly", verdict=_kind(verdict)))
    return PopUp(_answer(work, verdict, pressed))


def _kind(verdict: Verdict) -> str:
    return "taken" if isinstance(verdict, Accepted | AcceptedBefore) else why(verdict).value


def _answer(work: Work, verdict: Verdict, pressed: Pressed) -> str:
    match verdict:
        case Accepted(team):
            return say(work.locale, "session-ballot-taken", team=pressed.names[team])
        case AcceptedBefore(team):
            return say(work.locale, "session-ballot-taken-before", team=pressed.names[team])
        case VotingClosed():
            return say(work.locale, "session-ballot-closed")
        case AlreadyVoted(team):
            return say(work.locale, "session-ballot-other", team=pressed.names[team])
        case NotEntitled():
            return say(work.locale, "session-ballot-not-entitled")
        case OwnTeam():
            return say(work.locale, "session-ballot-own-team")
        case _:
            assert_never(verdict)
