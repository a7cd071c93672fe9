"""Too much of everything: long texts, many attachments, floods, big files. It takes no longer than it is long."""

import time
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from bot.commands import OperatorError
from bot.commands.schools import import_file
from bot.config import Settings
from bot.domain import invitations, links, names, participant_ids, personal_data, places, quotations, receipts
from bot.domain.school_classes import OrganisationType, read_class
from bot.domain.sessions import agenda, quizzes, teams
from bot.domain.sessions.agenda import StageKind
from bot.domain.sessions.codes import read_session_code
from bot.domain.typed_answers import read_count, read_day
from bot.handlers.sessions.arrangements import INVITATION
from bot.handlers.staff.invitations import typed_code
from bot.handlers.voting.counts import number_in
from bot.handlers.voting.votes import receipt_in
from bot.imports.unreadable import UnreadableTable
from bot.imports.workbooks import MOST_UNPACKED_BYTES, rows
from bot.messenger.router import normalised
from bot.messenger.vk import translation
from tests.conversations.chat import Chat
from tests.security.towns import failures, newcomer

# Each reads what anybody can type; the longest text of a messenger is less than half of what is tried here.
LENGTH = 10_000
FLOOD = 400
WITHIN_S = 0.15  # of processor time: what is quadratic needs more than that, what is linear a tenth of it

READERS: dict[str, Callable[[str], object]] = {
    "a phrase": normalised,
    "personal data": lambda text: personal_data.personal_data_in(text, id_asked=False),
    "personal data while an ID is asked for": lambda text: personal_data.personal_data_in(text, id_asked=True),
    "places": lambda text: places.read_places(text, 40),
    "a count": read_count,
    "a day": lambda text: read_day(text, date(2017, 11, 8)),
    "a class": lambda text: read_class(text, OrganisationType.SCHOOL),
    "a group": lambda text: read_class(text, OrganisationType.COLLEGE),
    "an ID": participant_ids.read_number,
    "a ref": links.read_ref,
    "an invitation": invitations.read_invitation_code,
    "a typed invitation": typed_code,
    "a receipt": receipts.read_receipt,
    "a typed receipt": receipt_in,
    "a command with an ID": number_in,
    "a name": lambda text: names.kept(names.Profile(text, text)),
    "a quotation": lambda text: quotations.quoted(text, LENGTH),
    "a title": agenda.read_title,
    "a task": agenda.read_task,
    "minutes": lambda text: agenda.read_minutes(text, StageKind.TASK),
    "names of teams": lambda text: teams.read_names(text, []),
    "a question": quizzes.read_question,
    "a session's code": read_session_code,
    "a link into a conversation": INVITATION.fullmatch,
}
FILLINGS = (
    "!", " ", "9", "9 ", "9-", "- ", ": ", ":", "[", "[a", "@", "и ", ",", "+7 (", "12 34 ", "паспорт 1234 ",
    "\u0301", "я", "а\n", "+ ", "1. ", "https://vk.me/join/",
)  # fmt: skip


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS.keys())
def test_reading_a_typed_text_takes_no_more_than_its_length(reader: Callable[[str], object]) -> None:
    for filling in FILLINGS:
        filled = filling * (LENGTH // len(filling))
        for text in (f"1{filled}2", f"код{filled}x\ny"):
            assert min(_seconds(reader, text) for _ in range(2)) < WITHIN_S, ascii(f"{text[:20]}…")


def _seconds(reader: Callable[[str], object], text: str) -> float:
    """Of processor time; the first try may be the one that loads the sentences, or meets the garbage collector."""
    begun = time.thread_time()
    reader(text)
    return time.thread_time() - begun


async def test_a_text_of_many_messages_and_a_hundred_attachments_are_answered(chat: Chat) -> None:
    person = await newcomer(chat)
    await person.writes("Длинно! " * 3000)
    assert person.news
    photo = {"type": "photo", "photo": {"sizes": [{"url": "https://x", "width": 2**63}] * 1000}}
    doc = {"type": "doc", "doc": {"title": "я" * 5000, "url": "h" * 5000, "size": 2**63}}
    for attached in (photo, doc):
        await person.writes("", attachments=[attached] * 10)
        assert len(person.news) == 1
        sent = {"peer_id": 1, "from_id": 1, "date": 1, "conversation_message_id": 1, "attachments": [attached] * 100}
        event = translation.message(sent, "e1")
        assert event is not None
        assert len(event.content.attachments) == translation.MOST_ATTACHMENTS
    assert await failures(chat) == []


async def test_somebody_who_floods_does_not_keep_others_waiting(chat: Chat) -> None:
    flooding, other = await newcomer(chat), await newcomer(chat)
    answered_before = len(chat.emulator.dialogue(flooding.id).messages)
    for number in range(FLOOD):
        chat.emulator.write(flooding.id, f"топ-20 {number}")
    chat.emulator.write(other.id, "помощь")
    own = chat.emulator.dialogue(other.id)
    await chat.emulator.until(lambda: own.messages[-1].out, 30)
    answered = sum(message.out for message in chat.emulator.dialogue(flooding.id).messages[answered_before:])
    assert answered < FLOOD * 0.9, "the other one was served last"
    await chat.settled()
    assert await failures(chat) == []


async def test_a_file_of_a_hundred_megabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    big = tmp_path / "schools.csv"
    with big.open("wb") as file:
        file.truncate(100_000_000)
    settings = Settings(_env_file=None, database_url=f"sqlite:///{tmp_path / 'bot.sqlite3'}")
    with pytest.raises(OperatorError, match="more than 5000000 bytes"):
        await import_file(settings, big, lambda done, of: None)


def test_a_workbook_that_would_unpack_to_gigabytes_is_refused_at_once() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (MOST_UNPACKED_BYTES + 1))
    with pytest.raises(UnreadableTable, match="unpacked"):
        list(rows(packed.getvalue()))


def test_a_workbook_whose_xml_names_itself_again_and_again_is_refused() -> None:
    """A few hundred bytes of entities that would unfold to gigabytes."""
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    sheet = f'<?xml version="1.0"?><!DOCTYPE worksheet [{entities}]><worksheet><sheetData>&a11;</sheetData></worksheet>'
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for part in ("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"):
            archive.writestr(part, sheet)
    with pytest.raises(UnreadableTable):
        list(rows(packed.getvalue()))
