"""A press on an option of the quiz's question: one answer per account, the first."""

from typing import assert_never

from bot.domain.sessions.quizzes import (
    Answered,
    AnsweredBefore,
    AnswerVerdict,
    LeadsTheQuiz,
    NotJoined,
    QuestionClosed,
    judge_answer,
)
from bot.handlers.sessions.access import member_of
from bot.messenger.events import EventKind
from bot.messenger.replies import PopUp, Replies, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.sessions import AnswerQuestion
from bot.storage import session_quiz
from bot.wording import say

router = Router()


@router.pressed(AnswerQuestion, before_consent=True)
def answer_elsewhere(press: AnswerQuestion, work: Work) -> Replies:
    """No question is ever shown in somebody's own dialogue."""
    return PopUp(say(work.locale, "session-elsewhere"))


@router.pressed_in_conversation(AnswerQuestion)
def answer(press: AnswerQuestion, work: Work) -> Replies:
    event, asked = work.event, session_quiz.by_id(work.conn, press.question)
    if asked is None or (event.messenger, event.peer) != (asked.messenger, asked.peer):
        return PopUp(say(work.locale, "session-elsewhere"))
    member = member_of(work, asked.session)
    earlier = None if member is None else session_quiz.answer_of(work.conn, asked.id, member.id)
    verdict = judge_answer(
        press.option,
        options=len(asked.question.options),
        is_open=asked.is_open,
        joined=member is not None,
        leads=member is not None and member.role.leads,
        earlier=earlier,
    )
    if isinstance(verdict, Answered) and member is not None:
        session_quiz.answer(work.conn, asked.id, member.id, verdict.option, at=event.arrived_at)
        work.wake_sessions()
    if event.kind is not EventKind.PRESS and isinstance(verdict, Answered | AnsweredBefore):
        return Say(say(work.locale, "session-answer-taken-openly"))  # an old client's press: everybody reads it
    return PopUp(_said(work, verdict))


def _said(work: Work, verdict: AnswerVerdict) -> str:
    match verdict:
        case Answered(option):
            return say(work.locale, "session-answer-taken", option=str(option + 1))
        case AnsweredBefore(option):
            return say(work.locale, "session-answer-before", option=str(option + 1))
        case QuestionClosed():
            return say(work.locale, "session-answer-closed")
        case NotJoined():
            return say(work.locale, "session-join-first")
        case LeadsTheQuiz():
            return say(work.locale, "session-answer-leads")
        case _:
            assert_never(verdict)
