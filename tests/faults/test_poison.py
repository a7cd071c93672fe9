"""Events that no handler survives: each is set aside with an apology, and everybody else is served meanwhile."""

from contextlib import suppress
from pathlib import Path

from sqlalchemy import select

from bot.messenger.patience import Patience
from bot.storage import schema
from tests.faults import trouble
from tests.faults.bots import Place, on_both_databases
from tests.faults.processes import home

SET_ASIDE = (
    select(schema.inbox.c.set_aside_at.is_not(None)).where(schema.inbox.c.kind == "message").order_by(schema.inbox.c.id)
)
TROUBLE = "tests.faults.trouble:router"
# So long that nothing else than others being served meanwhile can explain their answers.
STUBBORN = Patience(retry_delays_s=(60.0, 60.0, 60.0))


@on_both_databases
async def test_whatever_a_handler_raises_the_person_gets_an_apology_and_the_next_answer(there: Place) -> None:
    async with there.chat(router=trouble.router) as chat:
        people = {failure: chat.person(failure) for failure in trouble.FAILURES}
        for failure, person in people.items():
            there.emulator.write(person.id, f"упади: {failure}")
            there.emulator.write(person.id, "привет")
        await chat.settled()
        assert {failure: person.news for failure, person in people.items()} == {
            failure: ["Не получилось", "Эхо: привет"] for failure in trouble.FAILURES
        }


async def test_whatever_a_handler_returns_is_answered_or_apologised_for_but_never_ignored(there: Place) -> None:
    async with there.chat(router=trouble.router) as chat:
        people = {rubbish: chat.person("Анна") for rubbish in trouble.RUBBISH}
        for rubbish, person in people.items():
            there.emulator.write(person.id, f"верни: {rubbish}")
            there.emulator.write(person.id, "привет")
        await chat.settled()
        assert {rubbish: person.news for rubbish, person in people.items()} == {
            rubbish: ["Не получилось", "Эхо: привет"] for rubbish in trouble.RUBBISH
        }


@on_both_databases
async def test_an_apology_that_fails_too_leaves_the_event_aside_and_the_dialogue_goes_on(there: Place) -> None:
    async with there.chat(router=trouble.sulking) as chat:
        anna = chat.person("Анна")
        there.emulator.write(anna.id, "упади: ValueError")
        there.emulator.write(anna.id, "привет")
        await chat.settled()
        anna.reads("Эхо: привет")
        assert await chat.stored(lambda conn: conn.execute(SET_ASIDE).scalars().all()) == [True, False]


async def test_a_thousand_failing_events_of_one_person_do_not_keep_the_others_waiting(there: Place) -> None:
    async with there.chat(STUBBORN, router=trouble.router) as chat:
        anna, oleg = chat.person("Анна"), chat.person("Олег")
        for _ in range(1_200):
            there.emulator.write(anna.id, "упади: ValueError")
        there.emulator.write(oleg.id, "привет")
        await there.emulator.until(lambda: oleg.news == ["Эхо: привет"], 20)
        there.emulator.write(oleg.id, "и ещё")
        await there.emulator.until(lambda: oleg.news == ["Эхо: привет", "Эхо: и ещё"], 20)
        assert anna.news == []


async def test_a_flood_of_one_person_is_answered_in_its_order_and_leaves_room_for_others(there: Place) -> None:
    async with there.chat() as chat:
        anna, oleg = chat.person("Анна"), chat.person("Олег")
        said = [str(number) for number in range(900)]
        for text in said:
            there.emulator.write(anna.id, text)
        there.emulator.write(oleg.id, "привет")
        await there.emulator.until(lambda: oleg.news == ["Эхо: привет"], 20)
        assert len(anna.news) < len(said)
        await chat.settled()
        assert anna.news == [f"Эхо: {text}" for text in said]


async def test_a_handler_that_takes_its_time_delays_the_others_and_loses_nobody(there: Place) -> None:
    async with there.chat(router=trouble.router) as chat:
        anna, oleg = chat.person("Анна"), chat.person("Олег")
        there.emulator.write(anna.id, "жди: 1")
        there.emulator.write(oleg.id, "привет")
        await chat.settled()
        anna.reads("Эхо: жди: 1")
        oleg.reads("Эхо: привет")


async def test_after_a_kill_failing_events_do_not_hold_up_the_start(sqlite_url: str, tmp_path: Path) -> None:
    async with home(sqlite_url, tmp_path, routers=TROUBLE) as place:
        emulator = place.emulator
        anna, oleg = (emulator.add_person(name, "Счётов").id for name in ("Анна", "Олег"))
        bot = place.start(crash_at="after_intake:3")
        await place.ready()
        emulator.write(oleg, "привет")
        await emulator.until(lambda: len(emulator.dialogue(oleg).messages) == 2, 20)
        for _ in range(5):
            emulator.write(anna, "упади: ValueError")
        emulator.write(oleg, "и ещё")
        await bot.ended()
        bot = place.start()  # each of Anna's takes 10 s of retries: one by one they would take a minute
        await emulator.until(lambda: len(emulator.dialogue(oleg).messages) == 4, 9)
        assert emulator.dialogue(oleg).messages[-1].text == "Эхо: и ещё"
        assert len(emulator.dialogue(anna).messages) == 5
        assert await bot.stopped() == 0


async def test_poison_behind_hundreds_of_others_ends_after_few_starts_and_they_are_answered(
    database_url: str, tmp_path: Path
) -> None:
    async with home(database_url, tmp_path, routers=TROUBLE) as place:
        emulator = place.emulator
        bot = place.start()
        await place.ready()
        assert await bot.stopped() == 0
        crowd = [emulator.add_person("Гость", str(number)).id for number in range(260)]
        for guest in crowd:
            emulator.write(guest, "привет")
        anna = emulator.add_person("Анна", "Счётова").id
        emulator.write(anna, "исчезни: 0")
        starts, bot = 1, place.start()
        while len(emulator.dialogue(anna).messages) < 2:
            if not bot.alive:
                starts, bot = starts + 1, place.start()
            with suppress(TimeoutError):
                await emulator.changes.next(0.1)
        assert starts <= 7
        assert emulator.dialogue(anna).messages[-1].text == "Не получилось"
        await emulator.until(lambda: all(len(emulator.dialogue(guest).messages) == 2 for guest in crowd), 20)
        assert await bot.stopped() == 0
