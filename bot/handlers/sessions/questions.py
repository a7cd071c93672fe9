"""The questions of a quiz, as its moderator prepares them."""

from bot.domain.identifiers import SessionId, StageId
from bot.domain.sessions.agenda import StageKind
from bot.domain.sessions.quizzes import LONGEST_OPTION, LONGEST_QUESTION, MOST_OPTIONS, MOST_QUESTIONS, NotAQuestion
from bot.domain.sessions.quizzes import read_question as read
from bot.handlers.sessions.access import Leading, preparing
from bot.handlers.sessions.buttons import Row, home_button, labelled, paged
from bot.messenger.keyboards import Button, Keyboard
from bot.messenger.replies import PopUp, Replies, Rewrite, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.session_leading import AddQuestion, AsksQuestion, OpenQuestions, OpenStage, RemoveQuestion
from bot.storage import session_acts, session_agenda, session_quiz, sessions
from bot.wording import say

router = Router()
PAGE = 3


@router.pressed(OpenQuestions, before_consent=True)
def open_questions(press: OpenQuestions, work: Work) -> Replies:
    found = _quiz(work, press)
    return found if isinstance(found, PopUp) else _questions(work, press.stage, found, press.page)


def _quiz(work: Work, press: OpenQuestions | AddQuestion | AsksQuestion | RemoveQuestion) -> Leading | PopUp:
    found = preparing(work, press.session)
    if isinstance(found, PopUp):
        return found
    kinds = {stage.id: stage.kind for stage in found.stands.course.agenda}
    return found if kinds.get(press.stage) is StageKind.QUIZ else PopUp(say(work.locale, "session-stage-gone"))


def _questions(work: Work, stage: StageId, found: Leading, page: int = 0) -> Rewrite:
    locale, session = work.locale, found.session.id
    asked = list(enumerate(session_quiz.of_stage(work.conn, stage), start=1))
    lines = "\n".join(f"{number}. {one.question.text}" for number, one in asked)
    rows: list[Row] = [
        [
            Button(
                say(locale, "button-session-question-remove", number=str(number)),
                RemoveQuestion(session=session, stage=stage, question=one.id),
            )
            for number, one in asked[page * PAGE : (page + 1) * PAGE]
            if one.opened_at is None
        ]
    ]
    turning = paged(page, PAGE, len(asked), lambda to: OpenQuestions(session=session, stage=stage, page=to))
    adding: Row = [labelled(locale, "button-session-question-add", AddQuestion(session=session, stage=stage))]
    back: Row = [
        labelled(locale, "button-session-stage-back", OpenStage(session=session, stage=stage)),
        home_button(locale, session),
    ]
    text = say(locale, "session-questions", questions=len(asked), lines=lines)
    return Rewrite(text, Keyboard([*rows, turning, adding, back]))


@router.pressed(AddQuestion, before_consent=True)
def ask_question(press: AddQuestion, work: Work) -> Replies:
    found = _quiz(work, press)
    if isinstance(found, PopUp):
        return found
    work.ask(AsksQuestion(session=press.session, stage=press.stage))
    return Rewrite(say(work.locale, "session-ask-question", most=MOST_OPTIONS), _done(work, press))


def _done(work: Work, press: AddQuestion | AsksQuestion) -> Keyboard:
    done = OpenQuestions(session=press.session, stage=press.stage)
    return Keyboard([[labelled(work.locale, "button-session-questions-done", done)]])


@router.answered(AsksQuestion)
def take_question(question: AsksQuestion, work: Work) -> Replies:
    """The question stays open: several are typed one after another."""
    found = _quiz(work, question)
    if isinstance(found, PopUp):
        work.ask(None)
        return found
    typed = read(work.event.content.text)
    before = len(session_agenda.questions_of(work.conn, question.stage))
    if isinstance(typed, NotAQuestion) or before >= MOST_QUESTIONS:
        why = typed.value if isinstance(typed, NotAQuestion) else "too-many"
        text = say(
            work.locale, "session-question-refused", why=why, options=MOST_OPTIONS, most=MOST_QUESTIONS,
            question=LONGEST_QUESTION, option=LONGEST_OPTION,
        )  # fmt: skip
        return Say(text, _done(work, question))
    session_agenda.add_question(work.conn, question.stage, typed)
    session_acts.note(work.conn, question.session, found.me.id, "question", at=work.now, text=typed.text)
    _changed(work, question.session)
    right = "" if typed.right is None else typed.options[typed.right]
    text = say(
        work.locale,
        "session-question-taken",
        number=before + 1,
        right=right,
        has_right="no" if typed.right is None else "yes",
    )
    return Say(text, _done(work, question))


@router.pressed(RemoveQuestion, before_consent=True)
def remove_question(press: RemoveQuestion, work: Work) -> Replies:
    found = _quiz(work, press)
    if isinstance(found, PopUp):
        return found
    one = session_quiz.by_id(work.conn, press.question)
    if one is not None and one.stage == press.stage and one.opened_at is None:
        session_agenda.remove_question(work.conn, one.id)
        text = one.question.text
        session_acts.note(work.conn, press.session, found.me.id, "question-removed", at=work.now, text=text)
        _changed(work, press.session)
    return _questions(work, press.stage, found)


def _changed(work: Work, session: SessionId) -> None:
    """The desk and the question that is open, «1 из 3», tell how many there are."""
    sessions.revise(work.conn, session)
    work.wake_sessions()
