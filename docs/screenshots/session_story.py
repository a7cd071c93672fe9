"""The pictures of the moderator's guide: a whole session of twelve people in four teams, from its first press on."""

import re
from typing import Protocol

from bot.commands.demo_session import QUESTIONS, TEAMS
from bot.domain.roles import Region, Role
from docs.screenshots.stage import Actor, Stage
from docs.screenshots.whiteboard import whiteboard

PEOPLE = (
    ("Анна", "Белова"), ("Борис", "Чернов"), ("Вера", "Зайцева"), ("Глеб", "Лисицын"), ("Дина", "Волкова"),
    ("Егор", "Медведев"), ("Жанна", "Соболева"), ("Захар", "Крылов"), ("Инна", "Белкина"), ("Кирилл", "Орехов"),
    ("Лидия", "Осипова"), ("Марк", "Тихонов"),
)  # fmt: skip
ADDRESS = re.compile(r"http://\S+/screen/\S+")
PLAN = "/работа Наш план: единый вход, час помощи по средам, напоминания родителям в дневнике"


class Camera(Protocol):
    """Whatever keeps what stands on somebody's screen, and on the projector."""

    async def shoot(
        self, name: str, actor: Actor, *, messages: int = 1, at: int | None = None, with_menu: bool = False
    ) -> None:
        """As `story.Camera.shoot`."""

    async def project(self, name: str, address: str) -> None:
        """Keep what the session's screen at this address shows."""


class SessionStory:
    """The session of the pictures. Everybody's votes and answers follow from their place in the list."""

    def __init__(self, stage: Stage, camera: Camera) -> None:
        self._stage = stage
        self._camera = camera
        self._moderator = stage.actor("Ольга", "Сергеева")
        self._people = [stage.actor(*name) for name in PEOPLE]
        self._room = 0
        self._screen = ""

    async def played(self) -> None:
        """Play it and take every picture of the guide."""
        await self._begins()
        await self._is_prepared()
        await self._teams_gather()
        await self._questions()
        await self._work()
        await self._vote()
        await self._ends()

    async def _leads(self, *labels: str) -> None:
        await self._moderator.presses(*labels)

    async def _begins(self) -> None:
        stage = self._stage
        await stage.invited(self._moderator, Role.COORDINATOR, Region())
        others = [one.id for one in self._people]
        made = stage.emulator.create_conversation(self._moderator.id, "Стратегическая сессия", others)
        self._room, bot = made.peer_id, -stage.emulator.community.group_id
        await stage.acts(lambda: stage.emulator.invite(self._room, self._moderator.id, bot))
        await self._camera.shoot("invited", self._moderator, at=self._room)
        await self._moderator.presses("Новая сессия", at=self._room)
        await self._camera.shoot("card", self._people[0], at=self._room)

    async def _is_prepared(self) -> None:
        await self._leads("Повестка", "Готовая повестка")
        await self._camera.shoot("agenda", self._moderator)
        await self._leads("1. Вопрос – Ответ", "Вопросы", "Добавить вопрос")
        await self._moderator.writes(*QUESTIONS)
        await self._leads("Готово", "К сессии", "Команды", "Добавить команды")
        await self._moderator.writes("\n".join(TEAMS))
        await self._leads("К сессии")

    async def _teams_gather(self) -> None:
        for place, person in enumerate(self._people):
            await person.presses("Вступить", at=self._room)
            if place < len(self._people) - 1:  # the last one is late
                team = place % len(TEAMS)
                await person.presses(f"{team + 1}. {TEAMS[team]}", at=self._room)
        await self._camera.shoot("teams", self._people[0], at=self._room)
        await self._leads("Экран")
        self._screen = next(found[0] for one in reversed(self._moderator.said) if (found := ADDRESS.search(one.text)))
        await self._camera.project("screen-preparing", self._screen)
        await self._leads("К сессии", "Команды", "Распределить: 1", "К сессии")
        await self._camera.shoot("home", self._moderator)

    async def _questions(self) -> None:
        await self._leads("Пульт ведущего", "Начать: Вопрос – Ответ", "Следующий вопрос")
        for place, person in enumerate(self._people[:9]):
            await person.presses("2. 5" if place % 4 == 0 else "3. 10", at=self._room)
        await self._camera.shoot("quiz", self._people[0], at=self._room)
        await self._camera.shoot("desk", self._moderator)
        await self._leads("Показать ответы")
        await self._camera.project("screen-quiz", self._screen)
        await self._leads("Закончить", "Команды собраны")

    async def _work(self) -> None:
        anna, boris = self._people[:2]
        await self._leads("Работа: Что мешает и что делать?")
        await self._camera.shoot("work", anna, at=self._room)
        picture = whiteboard("Орлы: что мешает и что делать")
        await anna.sends_picture("@ugu_local работа", "доска.png", picture, at=self._room)
        await boris.writes(PLAN, at=self._room)
        await self._leads("Работы")
        await self._camera.shoot("works", self._moderator)
        await self._leads("Показать 1", "Показать 2")
        await self._camera.project("screen-works", self._screen)
        await self._leads("К сессии", "Пульт ведущего", "Закончить")

    async def _vote(self) -> None:
        for number, team in enumerate(TEAMS, start=1):
            await self._leads(f"Презентация: {number}. {team}")
        await self._leads("Открыть голосование")
        for place, person in enumerate(self._people[:9]):
            await self._votes(person, place, (place + 1 + place // 4) % len(TEAMS))
        await self._camera.shoot("vote", self._people[0], at=self._room)
        await self._camera.project("screen-vote", self._screen)
        for place, person in enumerate(self._people[9:], start=9):
            await self._votes(person, place, 0 if place % len(TEAMS) else 1)
        await self._leads("Закрыть через минуту")
        await self._stage.moves_to("2017-11-08 11:30")
        await self._camera.project("screen-result", self._screen)

    async def _votes(self, person: Actor, place: int, team: int) -> None:
        """For that team, or the next one where it is the person's own."""
        chosen = team if team != place % len(TEAMS) else (team + 1) % len(TEAMS)
        await person.presses(f"{chosen + 1}. {TEAMS[chosen]}", at=self._room)

    async def _ends(self) -> None:
        await self._leads("Подвести итоги", "Да, подвести итоги")
        await self._camera.project("screen-final", self._screen)
        await self._leads("К сессии", "Протокол")
        await self._camera.shoot("protocol", self._moderator, messages=2)
