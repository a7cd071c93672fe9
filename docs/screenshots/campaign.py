"""The campaign of the pictures: who takes part in it, and what they do on which day."""

from dataclasses import dataclass

from bot.domain.roles import Region, Role, Scope
from docs.screenshots.stage import Actor, Stage

FIRST_MORNING = "2017-11-08 09:00"
BUSY_SCHOOL = "МБОУ СОШ № 5"


@dataclass(frozen=True, slots=True)
class Class:
    """A class with its teacher, and how many pupils of it are in the pictures."""

    first_name: str
    last_name: str
    search: str
    school: str
    label: str
    pupils: int


CLASSES = (
    Class("Мария", "Иванова", "5 ставрополь", BUSY_SCHOOL, "9А", 27),
    Class("Павел", "Громов", "лицей 14", "МАОУ лицей № 14", "9А", 29),
    Class("Елена", "Титова", "гимназия 9", "МБОУ гимназия № 9", "10А", 12),
    Class("Светлана", "Ким", "колледж связи", "Колледж связи и информатики", "ИС-21", 24),
)
WAITING = Class("Наталья", "Белова", "лицей 14", "МАОУ лицей № 14", "10А", 26)
PARTICIPANTS = (("Артём", "Соколов"), ("Алина", "Мороз"), ("Тимур", "Яшин"))
VOTERS = (
    (0, "Пётр", "Соколов"),
    (0, "Нина", "Соколова"),
    (0, "Олег", "Дронов"),
    (1, "Вера", "Мороз"),
    (1, "Иван", "Мороз"),
    (2, "Анна", "Яшина"),
)


class Cast:
    """The people, by what they are in the campaign."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.coordinator = stage.actor("Ольга", "Сергеева")
        self.colleague = stage.actor("Ирина", "Попова")
        self.teachers = [stage.actor(one.first_name, one.last_name) for one in CLASSES]
        self.newcomer = stage.actor(WAITING.first_name, WAITING.last_name)
        self.participants = [stage.actor(*name) for name in PARTICIPANTS]

    @property
    def maria(self) -> Actor:
        """Teaches two classes."""
        return self.teachers[0]

    @property
    def pavel(self) -> Actor:
        """Reports late, and then takes no messages any more."""
        return self.teachers[1]

    @property
    def elena(self) -> Actor:
        """Reports everything in time."""
        return self.teachers[2]

    @property
    def svetlana(self) -> Actor:
        """Needs more than one reminder."""
        return self.teachers[3]

    async def coordinators_come(self, scope: Scope) -> None:
        """The municipality's coordinator, for whom the guide is, and the region's."""
        await self._stage.invited(self.coordinator, Role.COORDINATOR, scope)
        await self._stage.invited(self.colleague, Role.COORDINATOR, Region())

    async def teachers_come(self) -> None:
        """All of them apply and are confirmed; the first one for a second class as well."""
        for teacher, its in zip(self.teachers, CLASSES, strict=True):
            await self._applies(teacher, its)
            await self.coordinator.presses("Подтвердить")
        await self.maria.writes("добавить класс", "5 ставрополь")
        await self.maria.presses(f"1. {BUSY_SCHOOL}")
        await self.maria.writes("9Б", "25")
        await self.maria.presses("Отправить заявку")
        await self.coordinator.presses("Подтвердить")

    async def newcomer_applies(self) -> None:
        """An application that waits."""
        await self._applies(self.newcomer, WAITING)

    async def elena_holds_her_lesson(self) -> None:
        """Readiness and the lesson, with the practical task done in class."""
        await self.elena.presses("Отчётность", "Готовность к уроку", "Урок проведен", "Сегодня")
        await self.elena.presses("Все, 12", "На уроке")

    async def pupils_come(self) -> None:
        """Grown-up participants of the lesson, so that they are shown by name."""
        for participant, number in zip(self.participants, self.elena.numbers_got, strict=False):
            await participant.writes(number)
            await participant.presses("Это мой номер", "Согласен", "Мне есть 18")
            await participant.presses("Настройки", "Разрешить имя в топ-20")
            await participant.writes("моя ссылка")

    async def votes_come(self) -> None:
        """Everybody votes for one of them."""
        for place, first_name, last_name in VOTERS:
            await self._votes(first_name, last_name, self.participants[place])

    async def one_more_votes(self) -> None:
        """Later, so that a digest has something to tell."""
        await self._votes("Роман", "Яшин", self.participants[2])

    async def _votes(self, first_name: str, last_name: str, participant: Actor) -> None:
        voter = self._stage.actor(first_name, last_name)
        await voter.begins(participant.last_ref)
        await voter.presses("Согласен", "Подтвердить")

    async def staff_room(self) -> int:
        """A conversation of the coordinators and two teachers, with the bot in it; its peer."""
        others = [self.colleague.id, self.maria.id, self.elena.id]
        group = self._stage.emulator.create_conversation(self.coordinator.id, "Координаторы и учителя", others).peer_id
        bot = -self._stage.emulator.community.group_id
        await self._stage.acts(lambda: self._stage.emulator.invite(group, self.coordinator.id, bot))
        return group

    async def _applies(self, teacher: Actor, its: Class) -> None:
        await teacher.writes("я учитель")
        await teacher.presses("Согласен")
        await teacher.writes(its.search)
        await teacher.presses(f"1. {its.school}")
        await teacher.writes(its.label, str(its.pupils))
        await teacher.presses("Отправить заявку")
