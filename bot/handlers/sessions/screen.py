"""«Экран»: the address of the page for the projector, for those who lead alone."""

from bot.handlers.sessions.access import Leading, leading
from bot.handlers.sessions.buttons import Row, home_button, labelled
from bot.messenger.keyboards import Keyboard, Link
from bot.messenger.replies import PopUp, Replies, Rewrite
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.session_leading import OpenScreen, RenewScreen
from bot.storage import session_acts, sessions
from bot.wording import say

router = Router()


@router.pressed(OpenScreen, before_consent=True)
def open_screen(press: OpenScreen, work: Work) -> Replies:
    found = leading(work, press.session)
    return found if isinstance(found, PopUp) else _screen(work, found, found.session.screen_token)


@router.pressed(RenewScreen, before_consent=True)
def renew_screen(press: RenewScreen, work: Work) -> Replies:
    found = leading(work, press.session)
    if isinstance(found, PopUp):
        return found
    sessions.renew_screen(work.conn, press.session)
    if found.session.state.is_live:  # later its protocol does not change
        session_acts.note(work.conn, press.session, found.me.id, "screen", at=work.now)
    renewed = sessions.by_id(work.conn, press.session)
    return _screen(work, found, (renewed or found.session).screen_token)


def _screen(work: Work, found: Leading, token: str) -> Rewrite:
    locale, session = work.locale, found.session.id
    if work.pages is None:
        return Rewrite(say(locale, "session-screen-none"), Keyboard([[home_button(locale, session)]]))
    address = f"{work.pages}/screen/{token}"
    opening: Row = [Link(say(locale, "link-session-screen"), address)]
    renewing: Row = [labelled(locale, "button-session-screen-renew", RenewScreen(session=session))]
    text = say(locale, "session-screen", address=address)
    return Rewrite(text, Keyboard([opening, renewing, [home_button(locale, session)]]))
