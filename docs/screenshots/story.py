"""The pictures in the order in which the campaign gives occasion for them."""

from typing import Protocol

from docs.screenshots.campaign import Cast
from docs.screenshots.stage import Actor, Stage

MUNICIPALITY = "Ставрополь"
LETTER = (
    "Коллеги, уроки идут по 23 ноября включительно. Если компьютерный класс занят, практику можно задать на дом. "
    "Спасибо, что вы с нами!"
)


class Camera(Protocol):
    """Whatever keeps what stands on somebody's screen."""

    async def shoot(
        self, name: str, actor: Actor, *, messages: int = 1, at: int | None = None, with_menu: bool = False
    ) -> None:
        """Keep it under that name.

        actor: whose screen. messages: how many of the newest are on it. at: the conversation that is open, None for the
        dialogue with the bot. with_menu: the keyboard below the input is open.
        """


class Story:
    """The campaign of the pictures, told by its days."""

    def __init__(self, stage: Stage, camera: Camera) -> None:
        self._stage = stage
        self._camera = camera
        self._cast = Cast(stage)

    async def played(self) -> None:
        """Play it from the first morning on, and take every picture of the guide."""
        await self._coordinator_comes()
        await self._teachers_come()
        await self._teachers_are_reminded()
        await self._a_lesson_is_held()
        await self._the_top_list_comes()
        await self._some_are_late()
        await self._a_broadcast_goes()
        await self._settings()

    async def _coordinator_comes(self) -> None:
        await self._cast.coordinators_come(await self._stage.municipality(MUNICIPALITY))
        await self._camera.shoot("menu", self._cast.coordinator, messages=2, with_menu=True)

    async def _teachers_come(self) -> None:
        await self._stage.moves_to("2017-11-08 10:00")
        await self._cast.teachers_come()
        await self._stage.moves_to("2017-11-08 12:30")
        await self._cast.newcomer_applies()
        await self._camera.shoot("application", self._cast.coordinator)

    async def _teachers_are_reminded(self) -> None:
        await self._stage.moves_to("2017-11-09 12:00")
        await self._camera.shoot("application-waits", self._cast.coordinator)
        await self._cast.coordinator.presses("Заявка: 10А, МАОУ лицей № 14", "Подтвердить")
        await self._stage.moves_to("2017-11-09 15:00")
        await self._camera.shoot("reminder", self._cast.maria)
        await self._cast.maria.presses("Документы получены · 9А")
        await self._cast.elena.presses("Документы получены · 10А")

    async def _a_lesson_is_held(self) -> None:
        await self._stage.moves_to("2017-11-10 10:00")
        await self._cast.elena_holds_her_lesson()
        await self._cast.elena.writes("не выполнили: 3, 7")
        await self._camera.shoot("practice", self._cast.elena)
        await self._cast.elena.presses("Сохранить")
        await self._cast.pupils_come()
        await self._cast.votes_come()

    async def _the_top_list_comes(self) -> None:
        group = await self._cast.staff_room()
        await self._cast.coordinator.presses("Топ-20", "Присылать каждый день", at=group)
        await self._stage.moves_to("2017-11-11 09:00")
        await self._camera.shoot("top", self._cast.coordinator, messages=2, at=group)

    async def _some_are_late(self) -> None:
        coordinator = self._cast.coordinator
        for day in (13, 14, 15):
            await self._stage.moves_to(f"2017-11-{day} 12:00")
            await self._stage.moves_to(f"2017-11-{day} 15:00")
        await self._cast.svetlana.presses("Документы получены · ИС-21")
        await self._cast.one_more_votes()
        await self._stage.moves_to("2017-11-16 12:00")
        await self._camera.shoot("digest", coordinator)
        await coordinator.presses("Кто не отчитался", "Документы получены: 3")
        await self._camera.shoot("not-reported", coordinator)
        await coordinator.presses("Напомнить всем")
        await self._camera.shoot("remind-all", coordinator)
        await coordinator.writes("сводка")
        await coordinator.presses("Картинкой")
        await self._camera.shoot("summary", coordinator, messages=3)

    async def _a_broadcast_goes(self) -> None:
        coordinator = self._cast.coordinator
        await self._stage.moves_to("2017-11-16 18:30")
        await coordinator.writes("рассылка")
        await coordinator.presses("Учителям")
        await self._camera.shoot("broadcast-whom", coordinator)
        await coordinator.presses("Написать текст")
        await coordinator.writes(LETTER)
        await self._camera.shoot("broadcast-preview", coordinator)
        self._stage.emulator.refuse(self._cast.pavel.id, 901)
        await coordinator.presses("Отправить")
        await self._camera.shoot("broadcast-progress", coordinator)
        await self._stage.moves_to("2017-11-17 08:00")
        await self._camera.shoot("broadcast-result", coordinator)
        await coordinator.presses("Кому не дошло")
        await self._camera.shoot("broadcast-missed", coordinator)

    async def _settings(self) -> None:
        await self._cast.coordinator.writes("напоминания")
        await self._camera.shoot("settings", self._cast.coordinator)
