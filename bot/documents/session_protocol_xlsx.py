"""The protocol of a session as a spreadsheet of six sheets; the last one lets anybody recount the hash of the log.

The same recipe gives the same bytes: every time within the file is the session's day.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from bot.documents.cells import safe
from bot.documents.session_protocol import LoggedBallot, Question, Round, SessionProtocol, TeamPlace, Work
from bot.documents.session_protocol_words import Words
from bot.domain.sessions.results import NO_HASH

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | None
Columns = Mapping[str, int]
"""A sheet's columns in order: the name of each header in `locales`, and its width in signs."""

HEADER_ROW = 2
LONGEST_SHEET_TITLE = 31

PLACES: Columns = {
    "place": 16, "team": 60, "team-number": 11, "ballots": 11, "could-vote": 14, "jury": 11, "jury-could": 14,
}  # fmt: skip
STAGES: Columns = {"stage": 8, "kind": 20, "title": 40, "words": 70, "began": 20, "ended": 20, "outcome": 28}
VOTES: Columns = {"stage": 8, "round": 8, **PLACES, "place": 9}
TEAMS: Columns = {"team-number": 11, "team": 40, "member-number": 13, "member": 50}
ACTS: Columns = {"number": 7, "time": 20, "who": 34, "act": 90}
LOG: Columns = {
    "round-id": 10, "number": 8, "voter": 36, "team-id": 11, "voter-kind": 11, "instant": 34, "line": 96,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet. is_heading: of the rows below it."""

    values: tuple[Value, ...]
    is_heading: bool = False


def workbook(content: Mapping[str, Any]) -> bytes:
    """The XLSX file."""
    from openpyxl import Workbook  # 0.2 s and 20 MiB that a running bot does without

    protocol = SessionProtocol.model_validate(content)
    words = Words(protocol)
    book = Workbook()
    book.remove(book.worksheets[0])
    _write(_sheet(book, words, "results", PLACES), _results(words))
    _write(_sheet(book, words, "stages", STAGES), _stages(words))
    _write(_sheet(book, words, "votes", VOTES), _votes(words))
    _write(_sheet(book, words, "teams", TEAMS), _teams(protocol))
    _write(_sheet(book, words, "acts", ACTS), _acts(words))
    _write_log(_sheet(book, words, "log", LOG), words)
    return _stored(book, protocol.held_on)


# --- what the sheets say


def _results(words: Words) -> Iterator[Row]:
    """The places over all stages, then what the session was."""
    protocol = words.protocol
    yield from (Row(_place(words, place)) for place in protocol.places)
    yield from (Row((None, tie)) for tie in words.ties(protocol.places))
    if not protocol.rounds:
        yield Row((None, words.say("no-votes")))
    yield Row(())
    yield from (Row(fact) for fact in words.facts())
    yield Row((words.fact("hash"), protocol.log_hash))
    yield Row((words.fact("recount"), words.recount()))


def _place(words: Words, place: TeamPlace) -> tuple[Value, ...]:
    team = words.team_of(place.team)
    shown = place.first if place.first == place.last else words.place(place)
    return (shown, team.name, team.number, place.ballots, place.could_vote, place.jury, place.jury_could)


def _stages(words: Words) -> Iterator[Row]:
    """Each stage with its questions and works below it."""
    for number, stage in enumerate(words.protocol.stages, 1):
        outcome = None if stage.began_at else words.say("not-held")
        times = (stage.began_at, stage.ended_at)
        yield Row((number, words.kind(stage.kind), stage.title, stage.task, *times, outcome), is_heading=True)
        yield from (Row((number, *_question(words, question))) for question in stage.questions)
        yield from (Row((number, *_work(words, work))) for work in stage.works)


def _question(words: Words, question: Question) -> tuple[Value, ...]:
    options = "\n".join(words.options(question))
    return (words.kind("question"), question.text, options, None, None, words.share_right(question))


def _work(words: Words, work: Work) -> tuple[Value, ...]:
    team = words.team(words.team_of(work.team))
    return (words.kind("work"), f"{team}\n{work.by}", work.text, work.sent_at, None, words.work_state(work))


def _votes(words: Words) -> Iterator[Row]:
    """Every round in sentences, with the places of its teams below it."""
    for number, stage in enumerate(words.protocol.stages, 1):
        for one in stage.rounds:
            about = "\n".join((words.round(one, stage), *words.about_round(one), f"{words.fact('hash')}: {one.hash}"))
            yield Row((number, one.number, None, about), is_heading=True)
            yield from (Row((number, one.number, *_place(words, place))) for place in one.places)


def _teams(protocol: SessionProtocol) -> Iterator[Row]:
    """A row for each member; a team without any has one, too."""
    for team in protocol.teams:
        for place, member in enumerate(team.members, 1):
            yield Row((team.number, team.name, place, member))
        if not team.members:
            yield Row((team.number, team.name))


def _acts(words: Words) -> Iterator[Row]:
    for number, act in enumerate(words.protocol.acts, 1):
        yield Row((number, act.at, act.who or words.say("by-itself"), act.what))


def _log(protocol: SessionProtocol) -> Iterator[tuple[Value, ...]]:
    """The log with its hashed lines: a round's ballots stand between the hash before it and its own."""
    before = (None,) * [*LOG].index("line")
    if protocol.rounds:
        yield (*before, NO_HASH)
    for one in protocol.rounds:
        for ballot in sorted(one.ballots, key=lambda ballot: ballot.number):
            logged = _logged(one, ballot)
            yield (*logged, "|".join(map(str, logged)))
        yield (*before, one.hash)


def _logged(one: Round, ballot: LoggedBallot) -> tuple[Value, ...]:
    """The fields of the line that `results.log_hash` hashes, in their order."""
    kind = "jury" if ballot.is_juror else "member"
    instant = ballot.cast_at.astimezone(UTC).isoformat(timespec="microseconds")
    return (one.id, ballot.number, ballot.voter, ballot.team, kind, instant)


# --- how they look


def _sheet(book: "Workbook", words: Words, name: str, columns: Columns) -> "Worksheet":
    """An empty sheet with its heading and headers, for a screen and for A4."""
    from openpyxl.worksheet.properties import PageSetupProperties

    title = re.sub(r"[\[\]:*?/\\]", " ", words.say(name))  # a campaign may have words of its own for it
    sheet: Worksheet = book.create_sheet(title[:LONGEST_SHEET_TITLE])
    sheet["A1"] = safe(words.say("heading-named", session=words.protocol.session))
    for place, (label, width) in enumerate(zip(words.columns(*columns), columns.values(), strict=True), 1):
        header = sheet.cell(HEADER_ROW, place, safe(label))
        sheet.column_dimensions[header.column_letter].width = width
    _style_head(sheet)
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.page_setup.paperSize = "9"  # A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    foot = sheet.HeaderFooter.oddFooter
    assert foot is not None
    assert foot.center is not None
    foot.center.text = "&P / &N"
    return sheet


def _style_head(sheet: "Worksheet") -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    sheet["A1"].font = Font(bold=True, size=14)
    for header in sheet[HEADER_ROW]:
        header.font = Font(bold=True)
        header.fill = PatternFill("solid", fgColor="E8EDF2")
        header.border = Border(bottom=Side("thin", color="8796A5"))
        header.alignment = Alignment(wrap_text=True, vertical="center")


def _write(sheet: "Worksheet", rows: Iterable[Row]) -> None:
    """Below the headers; long texts are wrapped, whatever wrote them is harmless."""
    from openpyxl.styles import Alignment, Font

    wrapped, bold = Alignment(wrap_text=True, vertical="top", horizontal="left"), Font(bold=True)
    for number, row in enumerate(rows, HEADER_ROW + 1):
        for place, value in enumerate(row.values, 1):
            cell = sheet.cell(number, place, _safe(value))
            cell.alignment = wrapped
            if row.is_heading:
                cell.font = bold


def _write_log(sheet: "Worksheet", words: Words) -> None:
    """Without styles: a session of a thousand has tens of thousands of ballots."""
    if not words.protocol.rounds:
        sheet.append([words.say("log-empty")])
    for row in _log(words.protocol):
        sheet.append([_safe(value) for value in row])


def _safe(value: Value) -> Value:
    return safe(value) if isinstance(value, str) else value


# --- the file


def _stored(book: "Workbook", held_on: date) -> bytes:
    """The workbook's bytes without the hour at which they were made."""
    from openpyxl.writer.excel import ExcelWriter

    # `Workbook.save` would write the present time over `modified`.
    day = datetime.combine(held_on, time())
    book.properties.creator = ""
    book.properties.created = book.properties.modified = day
    made, stored = BytesIO(), BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as parts:
        ExcelWriter(book, parts).save()
    with ZipFile(made) as parts, ZipFile(stored, "w", ZIP_DEFLATED) as file:
        for name in parts.namelist():
            part = ZipInfo(name, day.timetuple()[:6])
            part.compress_type = ZIP_DEFLATED
            file.writestr(part, parts.read(name))
    return stored.getvalue()
