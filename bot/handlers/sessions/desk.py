"""«Пульт»: where a session stands, and what may be done next, in private or in the conversation.

The desk itself is written, and rewritten whenever something changes, by `jobs/session_clock.py`: a vote that closes by
itself, or the act of a helper, must show on it without a press.
"""

from bot.domain.identifiers import SessionId
from bot.domain.sessions.course import Act, may_be_done
from bot.handlers.sessions.access import Leading, leading
from bot.handlers.sessions.acting import perform
from bot.handlers.sessions.buttons import labelled
from bot.messenger.events import EventKind
from bot.messenger.keyboards import Colour, Keyboard
from bot.messenger.replies import PopUp, Replies, Rewrite, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.session_leading import OpenDesk, RunAct
from bot.storage import session_boards, sessions
from bot.wording import say

router = Router()
router.phrase("phrase-session-desk", OpenDesk())


@router.pressed(OpenDesk, before_consent=True)
def open_desk(press: OpenDesk, work: Work) -> Replies:
    session = press.session or _newest(work)
    if session is None:
        return Say(say(work.locale, "session-how-to-open"))
    found = leading(work, session)
    return found if isinstance(found, PopUp) else _put(work, found, _pressed_message(work))


def _newest(work: Work) -> SessionId | None:
    """The live session that the person opened last; the command was typed."""
    own = sessions.led_by(work.conn, work.event.messenger, work.event.user_id)
    return next((one.id for one in own if one.state.is_live), None)


@router.pressed_in_conversation(OpenDesk)
def open_desk_there(press: OpenDesk, work: Work) -> Replies:
    """A message of its own: the one that the button hangs below is everybody's."""
    here = sessions.live_at(work.conn, work.event.messenger, work.event.peer)
    if here is None:
        return PopUp(say(work.locale, "session-none-here"))
    found = leading(work, press.session or here.id)
    return found if isinstance(found, PopUp) else _put(work, found, None)


def _pressed_message(work: Work) -> int | None:
    """The message below which the button hung; a typed command and an old client's press come from none of ours."""
    return work.event.cmid if work.event.kind is EventKind.PRESS else None


def _put(work: Work, found: Leading, cmid: int | None) -> Replies:
    """Let the desk stand in place of that message, or as a new one."""
    event = work.event
    session_boards.put_desk(
        work.conn, found.session.id, found.me.id, peer=event.peer, cmid=cmid, locale=work.locale
    )  # fmt: skip
    work.wake_sessions()
    return None


@router.pressed(RunAct, before_consent=True)
@router.pressed_in_conversation(RunAct)
def run_act(press: RunAct, work: Work) -> Replies:
    found = leading(work, press.session)
    if isinstance(found, PopUp):
        return found
    stale = press.revision != found.session.revision or not may_be_done(found.stands.course, press.act, at=work.now)
    if not stale and press.act is Act.FINISH and not press.sure:
        return _sure(work, found)
    if not stale:
        perform(work, found, press.act)
    _put(work, found, _pressed_message(work))
    return PopUp(say(work.locale, "session-desk-stale")) if stale else None


def _sure(work: Work, found: Leading) -> Rewrite:
    session = found.session
    sure = RunAct(session=session.id, act=Act.FINISH, revision=session.revision, sure=True)
    # Back to the desk in this very message: an act of an older desk does nothing but that.
    back = RunAct(session=session.id, act=Act.FINISH, revision=session.revision - 1)
    keyboard = Keyboard(
        [
            [labelled(work.locale, "button-session-finish-sure", sure, Colour.POSITIVE)],
            [labelled(work.locale, "button-session-finish-not", back)],
        ]
    )
    return Rewrite(say(work.locale, "session-finish-sure"), keyboard)
