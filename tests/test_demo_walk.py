"""The walk through the campaign in docs/demo.md: read line by line, and played as it stands there."""

import re
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.app import running
from bot.commands.demo import ROOT, DemoClock, demo_campaign, set_the_scene
from bot.config import Settings
from bot.emulator import Emulator
from bot.storage.migrating import upgrade
from docs.screenshots.clockwork import Clockwork
from docs.screenshots.stage import Actor, Stage

TO_WHOM = {"Ольге": "Ольга", "Ирине": "Ирина", "Марии": "Мария", "Нине": "Нина", "Артёму": "Артём"}
MONTHS = {"ноября": 11, "декабря": 12}
LINE = re.compile(r"\| (\d+) \| .. (\d+) (ноября|декабря), (\d\d:\d\d) \| (.+?) \| (.+) \|")
ACT = re.compile("«(.+?)»|`(.+?)`")


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the table. moment: local. deeds: of each who acts, the buttons in «», what is typed in ``."""

    number: int
    moment: str
    hear: frozenset[str]
    deeds: dict[str, str]


def steps() -> Iterator[Step]:
    for number, day, month, hour, comes, acts in LINE.findall((ROOT / "docs" / "demo.md").read_text()):
        hear = frozenset(name for word, name in TO_WHOM.items() if f"{word} " in comes)
        said = (part.partition(": ") for part in acts.split("; "))
        deeds = {name: act for name, _, act in said if name in TO_WHOM.values()}
        yield Step(int(number), f"2017-{MONTHS[month]}-{int(day):02} {hour}", hear, deeds)


@asynccontextmanager
async def demo() -> AsyncIterator[tuple[Stage, dict[str, Actor]]]:
    """The demo as it opens, with its people by their first names."""
    campaign = demo_campaign()
    clockwork = Clockwork("2017-11-08 09:00", campaign.calendar.zone)
    emulator = Emulator(
        calls_per_second=None, now=clockwork.timestamp, clock=DemoClock(clockwork.clock, campaign.calendar.zone)
    )
    with tempfile.TemporaryDirectory() as folder:
        async with emulator.serving():
            settings = Settings(
                _env_file=None,
                vk_token=emulator.token,
                vk_api_url=f"{emulator.url}/method/",
                database_url=f"sqlite:///{Path(folder) / 'demo.sqlite3'}",
                send_rate=0,
                log="error",
            )
            upgrade(settings.database_url)
            async with running(settings, campaign, clock=clockwork.clock) as app:
                await set_the_scene(emulator, app)
                stage = Stage(emulator, app, clockwork)
                yield stage, {one.first_name: Actor(stage, one.id) for one in emulator.community.people.values()}


async def first_day(people: dict[str, Actor]) -> None:
    """Steps 1-5 of the document, and the second class."""
    maria, irina, artyom, pyotr = (people[name] for name in ("Мария", "Ирина", "Артём", "Пётр"))
    await maria.begins()
    await maria.presses("Я учитель", "Согласен")
    await applies(maria, "9а", "27")
    await irina.presses("Подтвердить")
    await maria.presses("Отчётность", "Документы получены", "Готовность к уроку", "Урок проведен")
    await maria.presses("Сегодня", "Все, 27", "На дом")
    await artyom.begins()
    await artyom.writes(maria.numbers_got[0])
    await artyom.presses("Это мой номер", "Согласен", "Мне есть 18")
    await artyom.writes("моя ссылка")
    await pyotr.begins(artyom.last_ref)
    await pyotr.presses("Согласен", "Подтвердить")
    await maria.writes("добавить класс")
    await applies(maria, "9б", "25")
    await irina.presses("Подтвердить")


async def applies(maria: Actor, label: str, pupils: str) -> None:
    await maria.writes("5 ставрополь")
    await maria.presses("1. МБОУ СОШ № 5")
    await maria.writes(label, pupils)
    await maria.presses("Отправить заявку")


async def does(actor: Actor, deed: str) -> None:
    for label, text in ACT.findall(deed):
        if label == "Начать":
            await actor.begins()
        elif label:
            await actor.presses(label)
        else:
            await actor.writes(text)


async def test_the_walk_of_the_demo_can_be_played_and_brings_what_each_line_says() -> None:
    walk = list(steps())
    assert [step.number for step in walk] == list(range(1, 24))
    async with demo() as (stage, people):
        await first_day(people)
        for step in walk:
            before = {name: len(people[name].said) for name in step.hear}
            await stage.moves_to(step.moment)
            heard = {name for name in step.hear if len(people[name].said) > before[name]}
            assert (step.number, heard) == (step.number, set(step.hear))
            for name, deed in step.deeds.items():
                await does(people[name], deed)
