"""The people of the simulated campaign, what each of them does on which day, and the diary of what came to whom."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import date, datetime, timedelta

from bot.domain.participant_ids import find_number
from bot.domain.roles import Scope
from bot.emulator import Message
from tests.conversations.chat import Chat, Person
from tests.conversations.group import Group, led_by
from tests.conversations.staff import IN_THE_COUNTRY, applicant, apply, coordinator, school_listed
from tests.conversations.taking_part import Pupil, claimed, voted

FIRST, LAST = date(2017, 11, 8), date(2017, 12, 4)
HOURS = ("07:59", "08:00", "09:00", "12:00", "15:00", "16:00", "20:59")
"""The last minute of the night, the first of the day, every hour at which something is planned, the last of the day."""

WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
FIRST_WORDS = {
    "Итоги на": "итоги дня",
    "Итог недели": "итог недели",
    "голосования": "последние дни",
}
Deed = Callable[["Campaign"], Awaitable[object]]


class Campaign:
    """One campaign as its people live it. diary: what came by the clock, a line a message, in the order of time."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self.people: dict[str, Person] = {}
        self.pupils: dict[str, Pupil] = {}
        self.diary: list[str] = []
        self.digests: dict[str, str] = {}

    async def begins(self) -> None:
        """The first morning: coordinators, teachers with their classes, pupils, a conversation that wants the list."""
        school = await school_listed(self.chat)
        await school_listed(self.chat, "СОШ № 2", settlement="Михайловск", municipality=IN_THE_COUNTRY)
        await self._coordinator("Ирина", None)
        await self._coordinator("Ольга", school.scope)
        await self._teacher("Анна", "СОШ № 5", "9А", by="Ольга")
        await self._teacher("Вера", "СОШ № 5", "10А", by="Ольга")
        await self.vera_adds_a_class()
        await self._teacher("Галина", "СОШ № 2", "11А", by="Ирина")
        await self.claims("Артём", of="Анна", place=1)
        await self.claims("Тимур", of="Галина", place=1)
        await self.presses("Тимур", "Настройки", "Напоминания", "Выключить: Итоги недели")
        self.group: Group = await led_by(self.chat, self.people["Ирина"])
        await self.group.presses(self.people["Ирина"], "Топ-20")
        await self.group.presses(self.people["Ирина"], "Присылать каждый день")

    async def lives(self, deeds: Mapping[str, Deed]) -> None:
        """Stop at every hour of every day, write down what came, and let happen what happens then."""
        left = dict(deeds)
        for at in stops():
            known = {name: len(self._said(peer)) for name, peer in self._places().items()}
            await self.chat.moves_to(f"{at:%Y-%m-%d %H:%M}")
            self._write_down(at, known)
            if (deed := left.pop(f"{at:%d.%m %H:%M}", None)) is not None:
                await deed(self)
        assert left == {}

    # --- what people do

    async def presses(self, name: str, *labels: str) -> None:
        """Press one button after another."""
        for label in labels:
            await self.people[name].presses(label)

    async def claims(self, name: str, *, of: str, place: int) -> None:
        """A pupil takes the number from the teacher's list."""
        texts = [message.text for message in self.chat.emulator.dialogue(self.people[of].id).messages]
        shown = next(text for text in texts if text.startswith("Номера участников")).splitlines()[place]
        number = find_number(shown)
        assert number is not None
        self.pupils[name] = await claimed(self.chat, number, name, "Ученик")
        self.people[name] = self.pupils[name].person

    async def votes(self, voter: str, whom: str) -> None:
        """Somebody new votes for the pupil."""
        await voted(self.chat, voter, "Голос", self.pupils[whom])

    async def vera_adds_a_class(self) -> None:
        """A second class of hers, at the same school."""
        await self.people["Вера"].writes("добавить класс")
        await apply(self.people["Вера"], "СОШ № 5", label="10Б", pupils=2)
        await self.presses("Ольга", "Подтвердить")

    async def zoya_applies(self) -> None:
        """An application that waits."""
        self.people["Зоя"] = await applicant(self.chat, label="11Б", first_name="Зоя")

    async def thanks_go_to_teachers(self) -> None:
        """A broadcast of the region's coordinator."""
        await self.people["Ирина"].writes("рассылка")
        await self.presses("Ирина", "Учителям", "Написать текст")
        await self.people["Ирина"].writes("Спасибо за уроки!")
        await self.presses("Ирина", "Отправить")

    async def _coordinator(self, name: str, scope: Scope | None) -> None:
        self.people[name] = await coordinator(self.chat, scope, name)

    async def _teacher(self, name: str, school: str, label: str, *, by: str) -> None:
        self.people[name] = await applicant(self.chat, school, label=label, pupils=2, first_name=name)
        await self.presses(by, "Подтвердить")

    # --- the diary

    def _places(self) -> dict[str, int]:
        """Where the bot may write to, by the name in the diary."""
        return {"Беседа": self.group.peer, **{name: person.id for name, person in self.people.items()}}

    def _said(self, peer: int) -> list[Message]:
        return [one for one in self.chat.emulator.dialogue(peer).messages if one.out and one.action is None]

    def _write_down(self, at: datetime, known: Mapping[str, int]) -> None:
        """What came since there were so many messages in each place."""
        for name, peer in self._places().items():
            for message in self._said(peer)[known[name] :]:
                self.diary.append(f"{WEEKDAYS[at.weekday()]} {at:%d.%m %H:%M} {name}: {short(message)}")
                if "Итоги на" in message.text:
                    self.digests[f"{name} {at:%d.%m}"] = message.text


def stops() -> Iterator[datetime]:
    """The local times at which the clock stops, from the first noon on."""
    for distance in range((LAST - FIRST).days + 1):
        for hour in HOURS:
            at = datetime.fromisoformat(f"{FIRST + timedelta(days=distance)} {hour}")
            if distance > 0 or at.hour >= 12:
                yield at


def short(message: Message) -> str:
    """A message in short: news by their first words, debts by the buttons that settle them."""
    labels = [one["action"]["label"] for row in (message.keyboard or {"buttons": []})["buttons"] for one in row]
    news = [word for words, word in FIRST_WORDS.items() if words in message.text]
    debts = [label for label in labels if " · " in label or label.startswith("Заявка")]
    return " + ".join([*news, *debts]) or message.text.splitlines()[0]
