"""What a handler holds while it works: the event, the open transaction, the dialogue, the campaign."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import BaseModel
from sqlalchemy import Connection

from bot.config import Campaign
from bot.domain.identifiers import PersonId
from bot.messenger.events import Event
from bot.messenger.replies import Replies


@dataclass(slots=True)
class DialogueState:
    """What a dialogue remembers between events. question: JSON of the open question; errand: JSON of a press to come.

    last_ref: the deep link that was followed last. hinted: the short menu was shown after a text out of place.
    """

    question: str | None = None
    errand: str | None = None
    last_ref: str | None = None
    locale: str = "ru"
    hinted: bool = False


@dataclass(slots=True)
class Work:
    """One event's work. Everything done through `conn` commits together with the answers, or not at all.

    now: the campaign instant the act counts at, the same when the event is run again. person: who it is, None before
    consent. erased: the account's data were erased on request. dialogue: change it freely, it is stored afterwards.
    link_base: what a deep link to this community starts with. profile_base: what the address of a person's profile
    starts with, before the user id; "" where the messenger has no such addresses. pages: the address of the bot's web
    pages, None where there are none. wake_jobs: what this event stored has
    to be gone on with by a job, as soon as it is committed; wake_sessions: shows in a session's conversation.
    """

    conn: Connection
    event: Event
    now: datetime
    campaign: Campaign
    person: PersonId | None
    erased: bool
    dialogue: DialogueState
    link_base: str
    route: Callable[[str, "Work"], Replies]
    suggest: Callable[[str], tuple[str, str] | None] = field(default=lambda text: None)
    profile_base: str = ""
    pages: str | None = None
    wake_jobs: Callable[[], None] = field(default=lambda: None)
    wake_sessions: Callable[[], None] = field(default=lambda: None)

    @property
    def who(self) -> PersonId:
        """The person, where the router let only persons with consent in."""
        if self.person is None:
            raise LookupError("no person before consent")
        return self.person

    @property
    def locale(self) -> str:
        """The language the person reads."""
        return self.dialogue.locale

    def ask(self, question: BaseModel | None) -> None:
        """Open a question: the next plain text is its answer. None closes it."""
        self.dialogue.question = None if question is None else question.model_dump_json()

    def proceed(self, press: str) -> Replies:
        """Go on as if the button with this JSON payload had been pressed."""
        return self.route(press, self)
