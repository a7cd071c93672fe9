"""`ugubot import schools FILE`: municipalities, schools and pupils per class from an XLSX or CSV file."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from bot.commands.operator_error import OperatorError
from bot.config import Settings
from bot.imports.schools import RefusedLine, School, read_schools
from bot.imports.tables import MOST_BYTES
from bot.imports.unreadable import UnreadableTable
from bot.storage import schools
from bot.storage.database import Database
from bot.storage.migrating import upgrade

# A slice is about 20 ms, and the pause lets a running bot's own commits in between.
SLICE = 25
PAUSE_S = 0.02


@dataclass(frozen=True, slots=True)
class Imported:
    """How many schools the file had, and the lines left out."""

    schools: int
    refused: list[RefusedLine]


async def import_file(settings: Settings, file: Path, progress: Callable[[int, int], None]) -> Imported:
    """`import_schools` into the configured database, which is migrated first if need be."""
    await asyncio.to_thread(upgrade, settings.database_url)
    database = Database(settings.database_url)
    try:
        return await import_schools(database, file, progress)
    finally:
        await database.close()


async def import_schools(database: Database, file: Path, progress: Callable[[int, int], None]) -> Imported:
    """Add the schools of the file or bring them up to date; the same file again changes nothing.

    progress: called with how many of how many are stored. Raises OperatorError for a file that is no such table.
    """
    try:
        content = await asyncio.to_thread(_content, file)
        read = await asyncio.to_thread(read_schools, content)
    except OSError as error:
        raise OperatorError(f"{file}: cannot be read ({error.strerror}), expected an XLSX or CSV file") from error
    except UnreadableTable as error:
        raise OperatorError(f"{file}: {error}") from error
    for start in range(0, len(read.schools), SLICE):
        part = read.schools[start : start + SLICE]
        await database.write_slice(_put, part)
        progress(start + len(part), len(read.schools))
        await asyncio.sleep(PAUSE_S)
    return Imported(len(read.schools), read.refused)


def _content(file: Path) -> bytes:
    """The file, or as much of it as tells that it is too big: it may be larger than the memory."""
    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


def _put(conn: Connection, part: Sequence[School]) -> None:
    for school in part:
        schools.put(
            conn,
            municipality=school.municipality,
            settlement=school.settlement,
            name=school.name,
            organisation_type=school.organisation_type,
            rolls={label.key: pupils for label, pupils in school.pupils.items()},
        )
