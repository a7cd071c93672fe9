"""`python -m benchmarks [names] [--write docs/performance.md]`: run benchmarks, all of them if none is named."""

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from benchmarks import (
    broadcast,
    crowd,
    document,
    duties,
    idle,
    limited,
    outbox,
    place,
    profile,
    routing,
    session_votes,
    start,
    throughput,
)
from benchmarks.campaigns import Campaigns, prepared
from benchmarks.figures import Section

Benchmark = Callable[[Campaigns], Coroutine[None, None, list[Section]]]
BENCHMARKS: dict[str, Benchmark] = {
    "throughput": throughput.measure,
    "start": start.measure,
    "idle": idle.measure,
    "limited": limited.measure,
    "outbox": outbox.measure,
    "broadcast": broadcast.measure,
    "crowd": crowd.measure,
    "session_votes": session_votes.measure,
    "routing": routing.measure,
    "place": place.measure,
    "duties": duties.measure,
    "profile": profile.measure,
}
console = Console(soft_wrap=False)


def main(
    names: Annotated[list[str] | None, typer.Argument(help=f"Of {', '.join(BENCHMARKS)}.")] = None,
    write: Annotated[Path | None, typer.Option(help="Put the tables into this document, too.")] = None,
) -> None:
    """Measure, and print each figure beside its peer or limit."""
    if unknown := set(names or ()) - BENCHMARKS.keys():
        raise typer.BadParameter(f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    # So that whoever ends this ends the bots and PostgreSQL with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="ugubot-benchmarks-") as folder, prepared(Path(folder)) as campaigns:
        _keep_bytecode(Path(folder))
        for name in names or BENCHMARKS:
            console.print(f"{name} ...", style="dim")
            sections = asyncio.run(BENCHMARKS[name](campaigns))
            for section in sections:
                section.printed(console)
            if write is not None:
                document.refresh(write, name, sections)


def _keep_bytecode(folder: Path) -> None:
    """Let the bots start from compiled modules, as installed ones do, whatever the environment says of writing them."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")


if __name__ == "__main__":
    typer.run(main)
