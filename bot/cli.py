"""The command line. Reads arguments and settings, calls `commands`, shows errors as one line."""

import asyncio
import gc
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress

from bot import logs
from bot.commands import OperatorError
from bot.config import CampaignError, Settings, SettingsError, load_campaign, load_settings

app = typer.Typer(
    help="The УГУ bot: a school campaign in VK Messenger.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
importing = typer.Typer(help="Bring lists in from files.", no_args_is_help=True)
app.add_typer(importing, name="import")
console = Console(soft_wrap=True, highlight=False)
errors = Console(stderr=True, soft_wrap=True, highlight=False)


class InvitedRole(StrEnum):
    """Whom a code can appoint."""

    COORDINATOR = "coordinator"
    TEACHER = "teacher"


def main() -> None:
    """The entry point: a mistake that the operator can mend is one line and exit code 1."""
    with _one_line_errors():
        app()


@contextmanager
def _one_line_errors() -> Iterator[None]:
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except (OperatorError, SettingsError, CampaignError) as error:
        _fail(str(error))
    except DBAPIError as error:
        _fail(f"UGUBOT_DATABASE_URL: the database does not answer ({str(error.orig).splitlines()[0]})")


def _fail(line: str) -> None:
    errors.print(line, style="red", markup=False)
    raise SystemExit(1)


@app.command()
def run() -> None:
    """Run the bot on a VK community until it is stopped."""
    gc.disable()  # a third of the start would be collections that walk what is imported and stays; `running` enables it
    from bot.commands.run import run as run_bot

    settings = _settings()
    settings.token()  # said before anything is opened
    _run(run_bot(settings, load_campaign(settings.campaign), console))


@app.command()
def demo(
    data: Annotated[Path, typer.Option(help="Folder for the demo's database and messenger.")] = Path("demo"),
    port: Annotated[int, typer.Option(help="Port of the page on this machine.")] = 8026,
    *,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget what was played before and start anew.")] = False,
) -> None:
    """Play the campaign in a browser: a local messenger, the bot, sample schools. Needs no VK and no internet."""
    from bot.commands.demo import play

    logs.configure("warning")
    _run(play(data, port, fresh=fresh, console=console))


@app.command()
def doctor() -> None:
    """Check settings, campaign file, database and VK; say what to do about each trouble."""
    from bot.commands.doctor import examine

    logs.configure("error")
    if not _run(examine(console)):
        raise SystemExit(1)


@app.command()
def jobs(*, as_json: Annotated[bool, typer.Option("--json", help="For programs: one JSON object.")] = False) -> None:
    """Show what will happen by the campaign's clock, and what has happened to how many people; changes nothing."""
    from bot.commands import jobs as looking

    settings = _settings()
    seen = _run(looking.timetable(settings, load_campaign(settings.campaign)))
    if as_json:
        console.print(looking.as_json(seen), markup=False)
    else:
        looking.show(seen, console)


@app.command()
def migrate() -> None:
    """Bring the database to this version's tables."""
    from bot.storage.migrating import NewerDatabase, upgrade

    try:
        migrated = upgrade(_settings().database_url)
    except NewerDatabase as error:
        raise OperatorError(str(error)) from error
    if migrated.before == migrated.after:
        console.print("The database is up to date.")
    else:
        console.print(f"Migrated: {migrated.before or 'empty'} → {migrated.after}.")


@app.command()
def invite(
    role: Annotated[InvitedRole, typer.Argument(help="Whom the code appoints.")],
    municipality: Annotated[str | None, typer.Option(help="Only this municipality (part of its name).")] = None,
    school: Annotated[str | None, typer.Option(help="Only this school (words of its name and settlement).")] = None,
) -> None:
    """Print a one-time invitation code: send it to the person, who types it to the bot."""
    from bot.commands.invite import invitation

    console.print(_run(invitation(_settings(), role.value, municipality, school)))


@importing.command()
def schools(file: Annotated[Path, typer.Argument(help="XLSX or CSV with a header line.")]) -> None:
    """Add schools, or bring them up to date; the same file again changes nothing."""
    from bot.commands.schools import import_file

    with Progress(console=errors, transient=True) as progress:
        bar = progress.add_task("schools", total=None)

        def show(done: int, of: int) -> None:
            progress.update(bar, completed=done, total=of)

        imported = _run(import_file(_settings(), file, show))
    for refused in imported.refused:
        errors.print(f"left out, {refused}", markup=False)
    console.print(f"Schools in the list: {imported.schools}, lines left out: {len(imported.refused)}.")


def _settings() -> Settings:
    settings = load_settings()
    logs.configure(settings.log)
    return settings


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)
