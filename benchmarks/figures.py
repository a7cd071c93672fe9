"""What a benchmark found: figures beside their peer or limit, and how they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Literal

from rich.console import Console
from rich.table import Table

COLUMNS = ("", "measured", "peer or limit", "ratio", "aim", "verdict")


@dataclass(frozen=True, slots=True)
class Aim:
    """What was promised. of: the ratio to the peer or limit, or the figure itself, in its own unit."""

    sense: Literal["at least", "at most"]
    value: float
    of: Literal["ratio", "figure"] = "ratio"

    def met(self, figure: float) -> bool:
        """Whether this ratio or figure keeps the promise."""
        return figure >= self.value if self.sense == "at least" else figure <= self.value

    def __str__(self) -> str:
        return f"{'≥' if self.sense == 'at least' else '≤'} {self.value:g}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a result. against: the peer's figure or the limit, in the same unit; aim None: only reported.

    without: why there is no peer beside it, where there should be one.
    """

    name: str
    measured: float
    unit: str
    against: float | None = None
    aim: Aim | None = None
    without: str = ""

    @property
    def ratio(self) -> float | None:
        """Measured to peer or limit; None where there is neither."""
        return self.measured / self.against if self.against else None

    @property
    def is_met(self) -> bool | None:
        """Whether the aim is reached; None without an aim, or without the peer that it is about."""
        looked_at = self.measured if self.aim is not None and self.aim.of == "figure" else self.ratio
        return None if self.aim is None or looked_at is None else self.aim.met(looked_at)

    @property
    def cells(self) -> tuple[str, ...]:
        """As the table's columns show it."""
        unit = f" {self.unit}" if self.unit else ""
        against = self.without if self.against is None else f"{shown(self.against)}{unit}"
        ratio = "" if self.ratio is None else f"{self.ratio:.2f} ×"
        aim = "" if self.aim is None else f"{self.aim}{' ×' if self.aim.of == 'ratio' else unit}"
        verdict = {None: "", True: "met", False: "missed"}[self.is_met]
        return (self.name, f"{shown(self.measured)}{unit}", against, ratio, aim, verdict)


@dataclass(frozen=True, slots=True)
class Section:
    """What one benchmark found. conditions: in a sentence or two, what was measured how."""

    title: str
    conditions: str
    rows: Sequence[tuple[str, ...]]
    columns: tuple[str, ...] = COLUMNS

    def printed(self, console: Console) -> None:
        """Show it on the terminal."""
        table = Table(title=self.title, caption=self.conditions, title_justify="left", caption_justify="left")
        for number, column in enumerate(self.columns):
            table.add_column(column, justify="left" if number == 0 else "right")
        for row in self.rows:
            table.add_row(*row)
        console.print(table)

    def markdown(self) -> str:
        """Write it down."""
        lines = [f"## {self.title}", "", self.conditions, ""]
        lines += [_line(self.columns), _line(("---", *("---:" for _ in self.columns[1:])))]
        return "\n".join([*lines, *map(_line, self.rows), ""])


def shown(number: float) -> str:
    """Three significant digits, thousands apart."""
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 10 else f"{number:.2f}"


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many per cent of the values do not exceed."""
    return median(values) if percent == 50 else quantiles(values, n=100, method="inclusive")[percent - 1]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
