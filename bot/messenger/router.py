"""How an event finds its handler: by what its button carries, by the phrase typed, by the question that is open.

Dictionary look-ups throughout, so that the two-hundredth dialogue costs an event no more than the first. A typed phrase
and a deep link are turned into the press they stand for; handlers meet presses and answers only.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from pydantic import BaseModel, ValidationError
from rapidfuzz import fuzz, process

from bot.messenger.events import EventKind
from bot.messenger.replies import Replies
from bot.messenger.work import Work

Handler = Callable[[Any, Work], Replies]
Fallback = Callable[[Work], Replies]
Spoken = Callable[[str, Work], Replies]
Recogniser = Callable[[str], BaseModel | None]
MOST_WORDS = 3  # of a phrase that something may follow
NEAR_ENOUGH = 80  # rapidfuzz's ratio, 0-100: «балнс» is 91 to «баланс», unrelated short words stay below 70


@dataclass(frozen=True, slots=True)
class _Route:
    """read: makes the model from JSON; taken from it once, because the way through its class costs half a look-up."""

    model: type[BaseModel]
    read: Callable[[str], Any]
    handler: Handler
    before_consent: bool


def normalised(text: str) -> str:
    """A typed text as phrases are compared: lower case, ё as е, no leading slash, single spaces, no end marks."""
    folded = text.lower().replace("ё", "е").strip().lstrip("/")
    return " ".join(folded.rstrip(".!?,…").split())


class Router:
    """Collects handlers module by module; `app` joins the modules' routers into one."""

    def __init__(self) -> None:
        self._presses: dict[str, _Route] = {}
        self._shared: dict[str, _Route] = {}
        self._questions: dict[str, _Route] = {}
        self._outcomes: dict[str, _Route] = {}
        self._phrase_ids: dict[str, tuple[BaseModel, bool]] = {}
        self._phrases: dict[str, str] = {}
        self._everywhere: dict[str, str] = {}
        self._spoken: dict[str, Spoken] = {}
        self._spoken_phrases: dict[str, Spoken] = {}
        self._recognisers: list[Recogniser] = []
        self._refs: list[Recogniser] = []
        self._fallbacks: dict[str, Fallback] = {}
        self._events: dict[EventKind, Fallback] = {}

    # --- registration

    def pressed(self, model: type[BaseModel], *, before_consent: bool = False) -> Callable[[Handler], Handler]:
        """The handler of a button: called with the validated payload and the work.

        before_consent: open to everybody; else a person without consent is first asked for it, then goes on here.
        """
        return self._registering(self._presses, model, before_consent)

    def pressed_in_conversation(self, model: type[BaseModel]) -> Callable[[Handler], Handler]:
        """The handler of a button, or of the phrase that stands for it, where others read along.

        Nothing else is done there; who presses may be anybody, with or without consent.
        """
        return self._registering(self._shared, model, True)

    def said_in_conversation(self, phrase_id: str) -> Callable[[Spoken], Spoken]:
        """The handler of a text, said to the bot where others read along, that begins with one of these phrases.

        Called with what follows it and the work.
        """

        def register(handler: Spoken) -> Spoken:
            self._spoken[phrase_id] = handler
            return handler

        return register

    def answered(self, model: type[BaseModel]) -> Callable[[Handler], Handler]:
        """The handler of a plain text (or file) while this question is open: called with the question and the work."""
        return self._registering(self._questions, model, True)

    def fetched(self, model: type[BaseModel]) -> Callable[[Handler], Handler]:
        """The handler of an ask's outcome, good or bad: called with the outcome and the work."""
        return self._registering(self._outcomes, model, True)

    def phrase(self, phrase_id: str, press: BaseModel, *, everywhere: bool = False) -> None:
        """A typed phrase that stands for a press. everywhere: also while a question is open («Меню», «Назад»)."""
        self._phrase_ids[phrase_id] = (press, everywhere)

    def recognises(self, recogniser: Recogniser) -> Recogniser:
        """A way to read a typed text as a press (a bare ID, «счёт 1234…»); tried in order of registration."""
        self._recognisers.append(recogniser)
        return recogniser

    def opens(self, recogniser: Recogniser) -> Recogniser:
        """A way to read a deep link's ref as a press."""
        self._refs.append(recogniser)
        return recogniser

    def on(self, kind: EventKind) -> Callable[[Fallback], Fallback]:
        """The handler of an event that is neither a text nor a press."""
        return self._setting(self._events, kind)

    def otherwise(self, case: str) -> Callable[[Fallback], Fallback]:
        """The answer where nothing fits: "no consent", "stale", "personal", "unclear", "attachment", "failed".

        In a conversation these say too much: there it is "in conversation", or "failed in conversation". What comes
        with a file, or as a reply to the bot, is first shown to "handed in", which answers None if it is not for it.
        """
        return self._setting(self._fallbacks, case)

    def joined(self, others: "Sequence[Router]", phrases: Mapping[str, list[str]]) -> "Router":
        """This router with everything of the others. phrases: id → the texts (all languages) that people may type."""
        for other in others:
            for mine, theirs in zip(self._tables(), other._tables(), strict=True):
                if twice := mine.keys() & theirs.keys():
                    raise ValueError(f"registered twice: {sorted(map(str, twice))}")
                mine.update(theirs)
            self._recognisers += other._recognisers
            self._refs += other._refs
        for phrase_id, (press, everywhere) in self._phrase_ids.items():
            for typed in phrases[phrase_id]:
                (self._everywhere if everywhere else self._phrases)[normalised(typed)] = press.model_dump_json()
        for phrase_id, spoken in self._spoken.items():
            self._spoken_phrases |= dict.fromkeys(map(normalised, phrases[phrase_id]), spoken)
        return self

    # --- routing

    def route(self, work: Work) -> Replies:
        """Find the handler of the event and call it."""
        event = work.event
        if event.kind is EventKind.FETCHED:
            return self._outcome(work)
        if event.kind not in (EventKind.MESSAGE, EventKind.PRESS):
            handler = self._events.get(event.kind)
            return handler(work) if handler else None
        return self._addressed(work) if event.in_conversation else self._told(work)

    def _told(self, work: Work) -> Replies:
        """Somebody wrote or pressed in their own dialogue."""
        content = work.event.content
        if content.personal:
            return self._fallbacks["personal"](work)
        # A messenger may repeat the link's ref in every later message: it counts once, or when the person starts anew.
        if content.ref and (content.begun or content.ref != work.dialogue.last_ref):
            work.dialogue.last_ref = content.ref
            if press := _first(self._refs, content.ref):
                return self.press(press.model_dump_json(), work)
        return self.press(content.payload, work) if content.payload else self._typed(work)

    def press(self, payload: str, work: Work) -> Replies:
        """Call the handler of a button's payload; what no button of ours carries now is answered as stale."""
        if work.event.in_conversation:
            return self._pressed_before_all(payload, work)
        if (found := _understood(self._presses, payload)) is None:
            return self._fallbacks["stale"](work)
        route, press = found
        if work.person is None and not route.before_consent:
            work.dialogue.errand = press.model_dump_json()
            return self._fallbacks["no consent"](work)
        work.ask(None)
        return route.handler(press, work)

    def failed(self, work: Work) -> Replies:
        """The apology for an event that was set aside."""
        return self._fallbacks["failed in conversation" if work.event.in_conversation else "failed"](work)

    def suggestion(self, text: str) -> tuple[str, str] | None:
        """The known phrase that a mistyped text comes nearest to, with the payload it stands for; or None."""
        known = {**self._everywhere, **self._phrases}
        best = process.extractOne(normalised(text)[:60], known.keys(), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
        return (best[0], known[best[0]]) if best else None

    def expects_number(self, question: str | None) -> bool:
        """Whether the open question (JSON) asks for a participant's ID, so that digits are an attempt at it."""
        route = self._questions.get(_kind(question)) if question else None
        return bool(route and getattr(route.model, "expects_number", False))

    def _addressed(self, work: Work) -> Replies:
        """A conversation's member spoke to the bot: by a button, or by a phrase that stands for one."""
        content = work.event.content
        text = normalised(content.text)
        if payload := content.payload or self._everywhere.get(text) or self._phrases.get(text):
            return self._pressed_before_all(payload, work)
        if (found := self._begun_with(content.text)) is not None:
            handler, rest = found
            return handler(rest, work)
        handed_in = content.attachments or content.reply_to is not None
        take = self._fallbacks.get("handed in") if handed_in else None
        if take is not None and (taken := take(work)) is not None:
            return taken
        return self._fallbacks["in conversation"](work)

    def _begun_with(self, text: str) -> tuple[Spoken, str] | None:
        """What is said by beginning with a known phrase, and what follows that; the longest phrase counts."""
        words = text.split()
        for count in range(min(len(words), MOST_WORDS), 0, -1):
            if handler := self._spoken_phrases.get(normalised(" ".join(words[:count]).rstrip(":"))):
                return handler, text.split(maxsplit=count)[count] if len(words) > count else ""
        return None

    def _pressed_before_all(self, payload: str, work: Work) -> Replies:
        if (found := _understood(self._shared, payload)) is None:
            return self._fallbacks["in conversation"](work)
        route, press = found
        return route.handler(press, work)

    def _typed(self, work: Work) -> Replies:
        content = work.event.content
        text = normalised(content.text)
        if press := self._everywhere.get(text):
            return self.press(press, work)
        if (question := work.dialogue.question) and (route := self._questions.get(_kind(question))):
            return route.handler(route.read(question), work)
        if press := self._phrases.get(text):
            return self.press(press, work)
        if content.text and (recognised := _first(self._recognisers, content.text)):
            return self.press(recognised.model_dump_json(), work)
        if content.ref and (press_of_link := _first(self._refs, content.ref)):
            # The same link once more, with a greeting typed where the messenger offers no start button.
            return self.press(press_of_link.model_dump_json(), work)
        return self._fallbacks["unclear" if content.text else "attachment"](work)

    def _outcome(self, work: Work) -> Replies:
        stored = work.event.content.payload or "{}"
        route = self._outcomes.get(_kind(stored))
        return route.handler(route.read(stored), work) if route else None

    def _tables(self) -> list[dict[Any, Any]]:
        return [
            self._presses, self._shared, self._questions, self._outcomes, self._phrase_ids, self._fallbacks,
            self._events, self._spoken,
        ]  # fmt: skip

    @staticmethod
    def _registering(
        table: dict[str, _Route], model: type[BaseModel], before_consent: bool
    ) -> Callable[[Handler], Handler]:
        kind = model.model_fields["kind"].default

        def register(handler: Handler) -> Handler:
            if kind in table:
                raise ValueError(f"registered twice: {kind}")
            table[kind] = _Route(model, model.__pydantic_validator__.validate_json, handler, before_consent)
            return handler

        return register

    @staticmethod
    def _setting(table: dict[Any, Fallback], key: object) -> Callable[[Fallback], Fallback]:
        def register(handler: Fallback) -> Fallback:
            table[key] = handler
            return handler

        return register


def _understood(routes: Mapping[str, _Route], payload: str) -> tuple[_Route, BaseModel] | None:
    route = routes.get(_kind(payload))
    if route is None:
        return None
    try:
        return route, route.read(payload)
    except ValidationError:
        return None


def _first(recognisers: list[Recogniser], text: str) -> BaseModel | None:
    return next((press for recogniser in recognisers if (press := recogniser(text)) is not None), None)


def _kind(payload: str) -> str:
    """The kind that a payload names, unwrapped from what old clients put around it; "" for anything else."""
    try:
        fields = orjson.loads(payload)
    except orjson.JSONDecodeError:
        return ""
    kind = fields.get("kind") if isinstance(fields, dict) else None
    return kind if isinstance(kind, str) else ""
