"""«Работа»: a picture or a text that a member sends for the team; «Показать»: what the room sees of it."""

from bot.domain.identifiers import StageId, TeamId
from bot.domain.quotations import quoted
from bot.domain.sessions.agenda import Phase
from bot.handlers.sessions.access import Leading, is_elsewhere, is_open_to, leading, member_of, preparing
from bot.handlers.sessions.buttons import Row, home_button, labelled, menu_button, paged
from bot.messenger.events import Attachment
from bot.messenger.keyboards import Button, Keyboard
from bot.messenger.replies import Ask, PopUp, Replies, Rewrite, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.session_leading import ListWorks, ShowWork
from bot.presses.sessions import AsksWork, FileFetched, FileNotFetched, HandInWork
from bot.storage import (
    session_acts,
    session_agenda,
    session_boards,
    session_members,
    session_steps,
    session_works,
    sessions,
)
from bot.storage.session_boards import step_key
from bot.storage.session_members import Member
from bot.storage.session_works import Work as TeamWork
from bot.storage.sessions import Session
from bot.wording import say, say_time
from bot.wording.sessions import say_member, say_team

router = Router()
LONGEST_WORK = 2_000
PICTURES = frozenset({"photo", "doc"})
PAGE = 3


# --- sending it


@router.pressed_in_conversation(HandInWork)
def how_to_hand_in(press: HandInWork, work: Work) -> Replies:
    session = sessions.by_id(work.conn, press.session)
    if session is None or is_elsewhere(work, session):
        return PopUp(say(work.locale, "session-elsewhere"))
    return PopUp(say(work.locale, "session-work-how" if session.state.is_live else "session-is-over"))


@router.pressed(HandInWork, before_consent=True)
def ask_work(press: HandInWork, work: Work) -> Replies:
    session = sessions.by_id(work.conn, press.session)
    is_known = session is not None and is_open_to(work, session)
    sender = _sender(work, session) if session is not None and is_known else "session-elsewhere"
    if isinstance(sender, str):
        return PopUp(say(work.locale, sender))
    work.ask(AsksWork(session=press.session))
    return Say(say(work.locale, "session-work-ask"), Keyboard([[menu_button(work.locale)]]))


@router.answered(AsksWork)
def take_work(question: AsksWork, work: Work) -> Replies:
    session = sessions.by_id(work.conn, question.session)
    if session is None:
        work.ask(None)
        return PopUp(say(work.locale, "session-elsewhere"))
    return _taken(work, session, work.event.content.text)


@router.said_in_conversation("phrase-session-work")
def send_work(text: str, work: Work) -> Replies:
    session = sessions.live_at(work.conn, work.event.messenger, work.event.peer)
    return Say(say(work.locale, "session-none-here")) if session is None else _taken(work, session, text)


@router.otherwise("handed in")
def handed_in(work: Work) -> Replies:
    """A picture said to the bot, or a text in reply to the task, by a member of a team; None for anything else."""
    event = work.event
    session = sessions.live_at(work.conn, event.messenger, event.peer)
    if session is None or not isinstance(_sender(work, session), tuple):
        return None
    is_meant = _picture(event.content.attachments) is not None or (
        bool(event.content.text.strip()) and _is_reply_to_task(work, session)
    )
    return _taken(work, session, event.content.text) if is_meant else None


def _is_reply_to_task(work: Work, session: Session) -> bool:
    """Whether it answers the message that began the teams' work; any other reply to the bot is talk."""
    latest, replied_to = session_steps.latest(work.conn, session.id), work.event.content.reply_to
    if latest is None or latest.step.phase is not Phase.WORK or replied_to is None:
        return False
    return session_boards.key_at(work.conn, session.id, session.peer, replied_to) == step_key(latest.number)


def _sender(work: Work, session: Session) -> tuple[Member, TeamId, StageId] | str:
    """Who may hand in, for which team and stage; else the sentence that says why not."""
    member, latest = member_of(work, session.id), session_steps.latest(work.conn, session.id)
    if not session.state.is_live:
        return "session-is-over"
    if member is None:
        return "session-join-first"
    if member.team is None:
        return "session-work-no-team"
    return "session-work-no-stage" if latest is None else (member, member.team, latest.step.stage)


def _taken(work: Work, session: Session, text: str) -> Replies:
    sender = _sender(work, session)
    if isinstance(sender, str):
        work.ask(None)  # nothing can be handed in: what is typed next is meant otherwise
        return Say(say(work.locale, sender))
    member, team, stage = sender
    picture = _picture(work.event.content.attachments)
    said = quoted(text, LONGEST_WORK)
    if picture is None and not said:
        return Say(say(work.locale, "session-work-empty"))
    added = session_works.add(
        work.conn, member, team, stage, said, with_file=picture is not None, at=work.now
    )  # fmt: skip
    work.ask(None)
    work.wake_sessions()
    if picture is None:
        return Say(say(work.locale, "session-work-taken", team=_name(work, session, team)))
    return Ask("file", {"url": picture.url, "title": picture.title or "", "about": added})


def _picture(attachments: tuple[Attachment, ...]) -> Attachment | None:
    return next((one for one in attachments if one.kind in PICTURES and one.url), None)


def _name(work: Work, session: Session, team: TeamId) -> str:
    return next(one.name for one in session_members.teams_of(work.conn, session.id) if one.id == team)


@router.fetched(FileFetched)
def picture_is_here(outcome: FileFetched, work: Work) -> Replies:
    sent = None if outcome.about is None else session_works.by_id(work.conn, outcome.about)
    session = None if sent is None else sessions.by_id(work.conn, sent.session)
    if sent is None or session is None or not session_works.fetched(work.conn, sent.id, outcome.path):
        return None
    work.wake_sessions()
    return Say(say(work.locale, "session-work-taken", team=_name(work, session, sent.team)))


@router.fetched(FileNotFetched)
def picture_is_lost(outcome: FileNotFetched, work: Work) -> Replies:
    if outcome.about is None or not session_works.fetched(work.conn, outcome.about, None):
        return None
    return Say(say(work.locale, "session-work-lost"))


# --- showing it


@router.pressed(ListWorks, before_consent=True)
def list_works(press: ListWorks, work: Work) -> Replies:
    found = leading(work, press.session)
    return found if isinstance(found, PopUp) else _works(work, found, press.page)


def _works(work: Work, found: Leading, page: int) -> Rewrite:
    locale, session = work.locale, found.session.id
    all_works = [one for one in reversed(session_works.of_session(work.conn, session)) if one.is_here]
    shown = all_works[page * PAGE : (page + 1) * PAGE]
    lines = "\n\n".join(_line(work, found, number, one) for number, one in enumerate(shown, start=1))
    buttons: list[Row] = [
        [
            Button(
                say(locale, "button-session-work-show", number=str(number), shown="no" if one.shown_at else "yes"),
                ShowWork(session=session, work=one.id, shown=one.shown_at is None, page=page),
            )
        ]
        for number, one in enumerate(shown, start=1)
    ]
    turning = paged(page, PAGE, len(all_works), lambda to: ListWorks(session=session, page=to))
    again = labelled(locale, "button-session-works-again", ListWorks(session=session))
    text = say(locale, "session-works", works=len(all_works), lines=lines)
    return Rewrite(text, Keyboard([*buttons, turning, [again, home_button(locale, session)]]))


def _line(work: Work, found: Leading, number: int, one: TeamWork) -> str:
    team = next(team for team in found.stands.teams if team.id == one.team)
    sender = session_members.by_id(work.conn, one.member)
    stage = next((stage.title for stage in session_agenda.agenda(work.conn, one.session) if stage.id == one.stage), "")
    return say(
        work.locale,
        "session-work-line",
        number=str(number),
        team=say_team(work.locale, team),
        sender="" if sender is None else say_member(work.locale, sender.number, sender.name),
        time=say_time(one.sent_at, work.campaign.calendar.zone),
        stage=stage,
        text=one.text[:300],
        has_text="yes" if one.text else "no",
        has_picture="yes" if one.path else "no",
        shown="yes" if one.shown_at else "no",
    )


@router.pressed(ShowWork, before_consent=True)
def show(press: ShowWork, work: Work) -> Replies:
    found = preparing(work, press.session)
    if isinstance(found, PopUp):
        return found
    one = session_works.by_id(work.conn, press.work)
    if one is None or one.session != found.session.id or not one.is_here:
        return _works(work, found, press.page)
    if press.shown is (one.shown_at is None):
        session_works.show(work.conn, one.id, at=work.now if press.shown else None)
        team = next(team.name for team in found.stands.teams if team.id == one.team)
        deed = "show" if press.shown else "hide"
        session_acts.note(work.conn, found.session.id, found.me.id, deed, at=work.now, team=team)
    return _works(work, found, press.page)
