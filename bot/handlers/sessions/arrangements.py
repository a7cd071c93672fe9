"""A session's title, the rules of its next vote, the link into its conversation, and giving it up."""

import re
from typing import Final

from bot.domain.quotations import one_line
from bot.domain.sessions.agenda import LONGEST_TITLE, read_title
from bot.domain.sessions.course import SessionState
from bot.domain.sessions.results import TieRule
from bot.handlers.sessions.access import Leading, preparing
from bot.handlers.sessions.buttons import home_button, home_only, labelled
from bot.messenger.keyboards import Button, Colour, Keyboard
from bot.messenger.replies import PopUp, Replies, Rewrite, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.session_leading import (
    AskInviteLink,
    AskSessionTitle,
    AsksInviteLink,
    AsksSessionTitle,
    DropSession,
    OpenSessionSettings,
    SetVoteRules,
)
from bot.storage import session_acts, sessions
from bot.storage.sessions import Session
from bot.wording import say

router = Router()
# Only the messenger's own invitations: the QR code on the wall leads there whoever scans it.
INVITATION: Final = re.compile(r"https://vk\.(?:me|com|ru)/join/[\w/+=.-]{4,150}")


@router.pressed(OpenSessionSettings, before_consent=True)
def open_settings(press: OpenSessionSettings, work: Work) -> Replies:
    found = preparing(work, press.session)
    return found if isinstance(found, PopUp) else _settings(work, found.session)


def _settings(work: Work, session: Session) -> Rewrite:
    text = say(
        work.locale,
        "session-settings",
        title=session.title,
        hidden="yes" if session.hidden else "no",
        tie_rule=session.tie_rule.value,
        link=session.invite_link or "",
        has_link="yes" if session.invite_link else "no",
    )
    return Rewrite(text, _settings_buttons(work, session))


def _settings_buttons(work: Work, session: Session) -> Keyboard:
    locale, number = work.locale, session.id
    other_hidden = SetVoteRules(session=number, hidden=not session.hidden, tie_rule=session.tie_rule)
    other_rule = TieRule.JURY if session.tie_rule is TieRule.SHARED else TieRule.SHARED
    other_ties = SetVoteRules(session=number, hidden=session.hidden, tie_rule=other_rule)
    drop = labelled(locale, "button-session-drop", DropSession(session=number), Colour.NEGATIVE)
    return Keyboard(
        [
            [Button(say(locale, "button-session-hidden", hidden="yes" if not session.hidden else "no"), other_hidden)],
            [Button(say(locale, "button-session-ties", rule=other_rule.value), other_ties)],
            [
                labelled(locale, "button-session-title", AskSessionTitle(session=number)),
                labelled(locale, "button-session-link", AskInviteLink(session=number)),
            ],
            [drop] if session.state is SessionState.PREPARING else [],
            [home_button(locale, number)],
        ]
    )


@router.pressed(SetVoteRules, before_consent=True)
def set_vote_rules(press: SetVoteRules, work: Work) -> Replies:
    found = preparing(work, press.session)
    if isinstance(found, PopUp):
        return found
    sessions.choose_rules(work.conn, press.session, hidden=press.hidden, tie_rule=press.tie_rule)
    details = {"hidden": int(press.hidden), "tie_rule": press.tie_rule.value}
    session_acts.note(work.conn, press.session, found.me.id, "rules", at=work.now, **details)
    return _after(work, found)


def _after(work: Work, found: Leading) -> Rewrite:
    sessions.revise(work.conn, found.session.id)
    work.wake_sessions()
    changed = sessions.by_id(work.conn, found.session.id)
    return _settings(work, changed or found.session)


# --- what is typed


@router.pressed(AskSessionTitle, before_consent=True)
def ask_title(press: AskSessionTitle, work: Work) -> Replies:
    found = preparing(work, press.session)
    if isinstance(found, PopUp):
        return found
    work.ask(AsksSessionTitle(session=press.session))
    text = say(work.locale, "session-ask-title", title=found.session.title, most=LONGEST_TITLE)
    return Rewrite(text, home_only(work.locale, press.session))


@router.answered(AsksSessionTitle)
def take_title(question: AsksSessionTitle, work: Work) -> Replies:
    found = preparing(work, question.session)
    if isinstance(found, PopUp):
        work.ask(None)
        return found
    title = read_title(work.event.content.text)
    if title is None:
        text = say(work.locale, "session-title-refused", most=LONGEST_TITLE)
        return Say(text, home_only(work.locale, question.session))
    work.ask(None)
    sessions.retitle(work.conn, question.session, title)
    session_acts.note(work.conn, question.session, found.me.id, "retitle", at=work.now, title=title)
    return _after(work, found)


@router.pressed(AskInviteLink, before_consent=True)
def ask_link(press: AskInviteLink, work: Work) -> Replies:
    found = preparing(work, press.session)
    if isinstance(found, PopUp):
        return found
    work.ask(AsksInviteLink(session=press.session))
    return Rewrite(say(work.locale, "session-ask-link"), home_only(work.locale, press.session))


@router.answered(AsksInviteLink)
def take_link(question: AsksInviteLink, work: Work) -> Replies:
    found = preparing(work, question.session)
    if isinstance(found, PopUp):
        work.ask(None)
        return found
    link = one_line(work.event.content.text)
    if INVITATION.fullmatch(link) is None:
        return Say(say(work.locale, "session-link-refused"), home_only(work.locale, question.session))
    work.ask(None)
    sessions.invite_by(work.conn, question.session, link)
    session_acts.note(work.conn, question.session, found.me.id, "link", at=work.now)
    return _after(work, found)


# --- giving it up


@router.pressed(DropSession, before_consent=True)
def drop(press: DropSession, work: Work) -> Replies:
    found = preparing(work, press.session)
    if isinstance(found, PopUp):
        return found
    if found.session.state is not SessionState.PREPARING:
        return PopUp(say(work.locale, "session-has-begun"))
    if not press.sure:
        sure = DropSession(session=press.session, sure=True)
        keyboard = Keyboard(
            [
                [labelled(work.locale, "button-session-drop-sure", sure, Colour.NEGATIVE)],
                [home_button(work.locale, press.session)],
            ]
        )
        return Rewrite(say(work.locale, "session-drop-sure", title=found.session.title), keyboard)
    sessions.move(work.conn, press.session, SessionState.DROPPED, at=work.now)
    session_acts.note(work.conn, press.session, found.me.id, "drop", at=work.now)
    sessions.revise(work.conn, press.session)
    work.wake_sessions()
    return Rewrite(say(work.locale, "session-dropped", title=found.session.title))
