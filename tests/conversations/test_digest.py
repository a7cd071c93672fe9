"""What comes to coordinators by the clock: digests and applications that wait; a made-up duty is late in them."""

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import date

import pytest
from sqlalchemy import Connection, select

from bot.config import Campaign
from bot.domain.duties import Audience, Owed
from bot.domain.identifiers import PersonId
from bot.domain.reports import ReportStage
from bot.domain.roles import Region
from bot.emulator import Fault
from bot.jobs.duties_of_coordinators import duties
from bot.jobs.duty import Duty, Round, Told
from bot.jobs.job import Job
from bot.jobs.reminders import reminder_jobs
from bot.jobs.setting import Setting
from bot.storage import coordinators, reminders, reports, schema
from tests.conversations.chat import Chat, Person, chatting
from tests.conversations.staff import (
    IN_THE_COUNTRY,
    applicant,
    apply,
    coordinator,
    municipality_of,
    school_listed,
    teacher,
)
from tests.storage.builders import add_reminder

FRIDAY = date(2017, 11, 10)


def _without_documents(conn: Connection, round_: Round) -> Iterator[Owed]:
    page = reports.without(conn, [Region()], ReportStage.DOCUMENTS, page=0, size=100)
    return (Owed(one.teacher, f"class:{one.id}", one.silent_since) for one in page.classes)


DOCUMENTS = Duty(
    key="documents",
    audience=Audience.TEACHERS,
    owed=_without_documents,
    reminds=lambda owed, calendar: [],
    told=lambda locale, owed, setting: Told(""),
    due=lambda owed, calendar: FRIDAY,
    climbs=True,
)


def coordinators_jobs(setting: Setting) -> Sequence[Job]:
    return reminder_jobs(setting, duties([DOCUMENTS]))


@pytest.fixture
async def chat(sqlite_url: str, example: Campaign) -> AsyncIterator[Chat]:
    """A bot that reminds coordinators only."""
    async with chatting(sqlite_url, campaign=example, jobs=coordinators_jobs) as chat:
        yield chat


async def at_noon(chat: Chat, day: int, *readers: Person) -> list[list[str]]:
    """What each of them got at 12:00 of that day of November."""
    for reader in readers:
        await reader.has_read()
    await chat.moves_to(f"2017-11-{day:02} 12:00")
    return [reader.news for reader in readers]


# --- digests


async def test_a_digest_tells_each_level_what_changed_and_does_not_come_while_nothing_does(chat: Chat) -> None:
    school = await school_listed(chat)
    irina = await coordinator(chat)
    pyotr = await coordinator(chat, municipality_of(school), "Пётр")
    olga = await coordinator(chat, school.scope, "Ольга")
    anna = await applicant(chat)
    await olga.presses("Подтвердить")
    await anna.presses("Отчётность")
    await anna.presses("Документы получены")
    for news in await at_noon(chat, 9, irina, pyotr, olga):
        assert "\n".join(news) == (
            "Итоги на 9 ноября\n\nНовых классов: 1\nДокументы получены: +1\n\n"
            "Ещё не отчитались, классов: документы — 0, готовность — 1, урок — 1"
        )
    assert [irina.pictures, pyotr.pictures, olga.pictures] == [1, 1, 0]
    irina.sees_buttons("Кто не отчитался", "Сводка")
    olga.sees_buttons("Кто не отчитался", "Сводка", "Картинкой")
    assert await at_noon(chat, 10, irina, pyotr, olga) == [[], [], []]


async def test_buttons_of_a_digest_lead_on_and_leave_it_standing(chat: Chat) -> None:
    school = await school_listed(chat)
    olga = await coordinator(chat, school.scope, "Ольга")
    await applicant(chat)
    await olga.presses("Подтвердить")
    await at_noon(chat, 9, olga)
    await olga.presses("Картинкой")
    olga.reads("Сводка на 9 ноября")
    assert olga.pictures == 1
    await olga.presses("Кто не отчитался")
    olga.sees("Кто не отчитался? Классов с преподавателем: 1")


async def test_late_debts_climb_from_the_school_to_the_municipality_to_the_region(chat: Chat) -> None:
    school = await school_listed(chat)
    irina = await coordinator(chat)
    pyotr = await coordinator(chat, municipality_of(school), "Пётр")
    olga = await coordinator(chat, school.scope, "Ольга")
    await applicant(chat)
    await olga.presses("Подтвердить")
    await at_noon(chat, 9)
    late = "Опаздывают с отметкой «Документы получены»: 1 (Анна К., 9А, СОШ № 5)"
    assert await at_noon(chat, 10, irina, pyotr, olga) == [[], [], []]
    of_region, of_town, of_school = await at_noon(chat, 13, irina, pyotr, olga)
    assert (of_region, of_town, late in of_school[0]) == ([], [], True)
    of_region, of_town, of_school = await at_noon(chat, 14, irina, pyotr, olga)
    assert (of_region, late in of_town[0], of_school) == ([], True, [])
    assert await at_noon(chat, 15, irina, pyotr, olga) == [[], [], []]
    of_region, of_town, of_school = await at_noon(chat, 20, irina, pyotr, olga)
    assert (late in of_region[0], of_town, of_school) == (True, [], [])


async def test_a_late_debt_skips_a_school_without_coordinator_and_ends_when_settled(chat: Chat) -> None:
    school = await school_listed(chat)
    pyotr = await coordinator(chat, municipality_of(school), "Пётр")
    anna = await teacher(chat, pyotr)
    await at_noon(chat, 9)
    ((digest,),) = await at_noon(chat, 13, pyotr)
    assert "Опаздывают с отметкой «Документы получены»: 1 (Анна К., 9А, СОШ № 5)" in digest
    await anna.presses("Отчётность")
    await anna.presses("Документы получены")
    ((digest,),) = await at_noon(chat, 14, pyotr)
    assert "Документы получены: +1" in digest
    assert "Опаздывают" not in digest


async def test_more_late_debts_than_three_are_named_by_the_first_and_counted(chat: Chat) -> None:
    school = await school_listed(chat)
    pyotr = await coordinator(chat, municipality_of(school), "Пётр")
    anna = await teacher(chat, pyotr)
    for label in ("9Б", "9В", "9Г", "9Д"):
        await anna.writes("добавить класс")
        await apply(anna, "СОШ № 5", label=label, pupils=2)
        await pyotr.presses("Подтвердить")
    ((digest,),) = await at_noon(chat, 13, pyotr)
    names = "; ".join(f"Анна К., 9{letter}, СОШ № 5" for letter in "АБВ")
    assert f"Опаздывают с отметкой «Документы получены»: 5 ({names} и ещё 2)" in digest


async def test_a_coordinator_who_teaches_does_not_read_of_the_own_late_debts(chat: Chat) -> None:
    school = await school_listed(chat)
    irina = await coordinator(chat)
    olga = await coordinator(chat, school.scope, "Ольга")
    await olga.writes("я учитель")
    await apply(olga, "СОШ № 5", label="9А", pupils=2)
    await irina.presses("Подтвердить")
    await at_noon(chat, 9)
    assert await at_noon(chat, 13, olga) == [[]]
    ((digest,),) = await at_noon(chat, 20, irina)
    assert "Опаздывают с отметкой «Документы получены»: 1 (Ольга О., 9А, СОШ № 5)" in digest


async def test_schools_without_a_teacher_are_told_from_the_third_day_with_their_list(chat: Chat) -> None:
    await school_listed(chat)
    await school_listed(chat, "СОШ № 2", municipality=IN_THE_COUNTRY, settlement="Михайловск")
    irina = await coordinator(chat)
    assert await at_noon(chat, 9, irina) == [[]]
    assert await at_noon(chat, 10, irina) == [["Итоги на 10 ноября\n\nШкол без подтверждённого преподавателя: 2"]]
    await irina.presses("Школы без преподавателя")
    irina.sees("2 школы без подтверждённого преподавателя")
    assert await at_noon(chat, 13, irina) == [[]]


async def test_teachers_who_take_no_messages_are_told_as_failures_with_other_news(chat: Chat) -> None:
    school = await school_listed(chat)
    olga = await coordinator(chat, school.scope, "Ольга")
    anna = await applicant(chat)
    await olga.presses("Подтвердить")
    await at_noon(chat, 9)
    chat.emulator.deny(anna.id)
    assert await at_noon(chat, 10, olga) == [[]]
    await chat.stored(lambda conn: add_reminder(conn, teacher_of(conn), FRIDAY, state="refused", duty="documents"))
    ((digest,),) = await at_noon(chat, 13, olga)
    assert "Не приняли сообщение: 1 преподаватель\nСообщения не доходят до 1 преподавателя. Попросите" in digest


def teacher_of(conn: Connection) -> PersonId:
    """The only teacher there is."""
    return PersonId(conn.execute(select(schema.class_teachers.c.person_id)).scalar_one())


async def test_days_off_bring_no_digest_and_what_happened_on_them_comes_on_monday(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    await chat.moves_to("2017-11-11 10:00")
    await irina.has_read()
    await teacher(chat, irina)
    assert await at_noon(chat, 11, irina) == [[]]
    assert await at_noon(chat, 12, irina) == [[]]
    ((digest,),) = await at_noon(chat, 13, irina)
    assert "Новых классов: 1" in digest


async def test_a_muted_digest_does_not_come_and_the_next_one_tells_what_was_missed(chat: Chat) -> None:
    school = await school_listed(chat)
    olga = await coordinator(chat, school.scope, "Ольга")
    await applicant(chat)
    await olga.presses("Подтвердить")
    (person,) = await chat.stored(lambda conn: coordinators.by_scope(conn)[school.scope])
    await chat.stored(lambda conn: reminders.mute(conn, person, "digest", at=chat.clock.now()))
    assert await at_noon(chat, 9, olga) == [[]]
    await chat.stored(lambda conn: reminders.unmute(conn, person, "digest"))
    ((digest,),) = await at_noon(chat, 10, olga)
    assert digest.startswith("Итоги на 10 ноября\n\nНовых классов: 1")


async def test_a_digest_whose_picture_cannot_be_made_keeps_its_text_and_buttons(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    await teacher(chat, irina)
    for method in ("photos.getMessagesUploadServer", "docs.getMessagesUploadServer"):
        chat.emulator.faults.add(Fault(method, "error", code=113))
    ((digest,),) = await at_noon(chat, 9, irina)
    assert digest.endswith("Картинку сейчас сделать не получилось.")
    irina.sees_buttons("Кто не отчитался", "Сводка")


# --- applications that wait


async def test_an_unanswered_application_comes_the_next_working_day_and_climbs_after_two(chat: Chat) -> None:
    school = await school_listed(chat)
    irina = await coordinator(chat)
    pyotr = await coordinator(chat, municipality_of(school), "Пётр")
    olga = await coordinator(chat, school.scope, "Ольга")
    await applicant(chat)
    found = []
    for day in (9, 10, 13, 14, 15, 16):
        reminded = zip(("region", "town", "school"), await at_noon(chat, day, irina, pyotr, olga), strict=True)
        found += [(day, level) for level, news in reminded if "Заявка ждёт решения с 8 ноября: 9А, СОШ № 5" in news]
        if day == 9:
            olga.sees_buttons("Заявка: 9А, СОШ № 5", "Завтра", "Через 3 дня")
    assert found == [(9, "school"), (13, "town"), (15, "region")]


async def test_an_application_and_the_digest_are_one_message_with_the_buttons_of_both(chat: Chat) -> None:
    school = await school_listed(chat)
    irina = await coordinator(chat)
    olga = await coordinator(chat, school.scope, "Ольга")
    await teacher(chat, olga)
    await applicant(chat, label="9Б", first_name="Вера")
    ((told,),) = await at_noon(chat, 9, olga)
    assert told.startswith("Заявка ждёт решения с 8 ноября: 9Б, СОШ № 5\n\nИтоги на 9 ноября\n\nНовых классов: 1\n")
    olga.sees_buttons("Заявка: 9Б, СОШ № 5", "Кто не отчитался", "Сводка", "Картинкой", "Завтра", "Через 3 дня")
    irina.sees_buttons("Кто не отчитался", "Сводка")


async def test_a_decided_application_is_not_put_before_the_next_level(chat: Chat) -> None:
    school = await school_listed(chat)
    pyotr = await coordinator(chat, municipality_of(school), "Пётр")
    olga = await coordinator(chat, school.scope, "Ольга")
    await applicant(chat)
    await at_noon(chat, 9, olga)
    await olga.presses("Заявка: 9А, СОШ № 5")
    await olga.presses("Подтвердить")
    (news,) = await at_noon(chat, 13, pyotr)
    assert not any("Заявка" in text for text in news)


async def test_more_applications_than_three_come_as_one_line_with_their_count(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    anna = await applicant(chat)
    for label in ("9Б", "9В"):
        await anna.writes("добавить класс")
        await apply(anna, "СОШ № 5", label=label, pupils=2)
    await chat.moves_to("2017-11-08 20:00")
    await anna.writes("добавить класс")
    await apply(anna, "СОШ № 5", label="9Г", pupils=2)
    assert await at_noon(chat, 9, irina) == [["4 заявки ждут решения, самая давняя — с 8 ноября."]]
    irina.sees_buttons("Заявки", "Завтра", "Через 3 дня")
    await irina.presses("Заявки")
    irina.sees("4 заявки ждут решения")


async def test_nobody_is_reminded_of_the_own_application(chat: Chat) -> None:
    school = await school_listed(chat)
    pyotr = await coordinator(chat, municipality_of(school), "Пётр")
    olga = await coordinator(chat, school.scope, "Ольга")
    await olga.writes("я учитель")
    await apply(olga, "СОШ № 5", label="9А", pupils=2)
    assert await at_noon(chat, 9, pyotr, olga) == [["Заявка ждёт решения с 8 ноября: 9А, СОШ № 5"], []]


async def test_after_the_clock_was_set_back_the_digests_of_later_days_count_no_more(chat: Chat) -> None:
    await school_listed(chat)
    irina = await coordinator(chat)
    await teacher(chat, irina)
    [[later]] = await at_noon(chat, 20, irina)
    assert later.startswith("Итоги на 20 ноября")
    await chat.moves_to("2017-11-14 09:00")
    await applicant(chat, label="9Б", first_name="Вера")
    await irina.presses("Подтвердить")
    [[news]] = await at_noon(chat, 14, irina)
    assert news.startswith("Итоги на 14 ноября")
