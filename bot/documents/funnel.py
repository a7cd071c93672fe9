"""The funnel of the summary as a picture: four bars, each with its number and its share, readable on a phone.

The same recipe gives the same bytes: no time and no version is written into the file.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH, HEIGHT, DPI = 1280, 800, 100
LEFT, RIGHT = 70, WIDTH - 70  # pixels, as everything here
BAR_HEIGHT, STEP, FIRST_BAR = 62, 148, 246
TEXT, QUIET, TRACK = "#1b1f24", "#59636e", "#eef1f4"
SHADES = ("#8fb8de", "#5c97cf", "#2f75b5", "#1f4e79")
SMALLEST_BAR = 4  # what is not nothing can be seen


class FunnelStep(BaseModel, frozen=True, extra="forbid"):
    """One bar. share: in words, «75 %»."""

    label: str
    classes: int
    share: str


class Funnel(BaseModel, frozen=True, extra="forbid"):
    """The recipe. title: the file's name. heading, place: the two lines above. steps: from the widest down."""

    title: str
    heading: str
    place: str
    steps: tuple[FunnelStep, FunnelStep, FunnelStep, FunnelStep]


def picture(content: Mapping[str, Any]) -> bytes:
    """The PNG file."""
    from matplotlib.figure import Figure  # 0.5 s and 60 MiB that a running bot does without

    recipe = Funnel.model_validate(content)
    figure = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor="white")
    _write(figure, LEFT, 92, recipe.heading, size=46, weight="bold")
    _write(figure, LEFT, 150, _shortened(recipe.place), size=34, colour=QUIET)
    most = max(step.classes for step in recipe.steps)
    for place, (step, shade) in enumerate(zip(recipe.steps, SHADES, strict=True)):
        _draw_step(figure, step, shade, FIRST_BAR + STEP * place, most)
    stored = BytesIO()
    figure.savefig(stored, format="png", metadata={"Software": None})
    return stored.getvalue()


def _draw_step(figure: "Figure", step: FunnelStep, shade: str, top: int, most: int) -> None:
    """The words above the bar: label on the left, number and share on the right."""
    _write(figure, LEFT, top - 14, step.label, size=36)
    _write(figure, RIGHT - 170, top - 14, str(step.classes), size=40, weight="bold", align="right")
    _write(figure, RIGHT, top - 14, step.share, size=36, colour=QUIET, align="right")
    _bar(figure, top, RIGHT - LEFT, TRACK)
    if step.classes > 0:
        _bar(figure, top, max(SMALLEST_BAR, (RIGHT - LEFT) * step.classes / most), shade)


def _bar(figure: "Figure", top: int, width: float, shade: str) -> None:
    from matplotlib.patches import Rectangle

    corner = (LEFT / WIDTH, 1 - (top + BAR_HEIGHT) / HEIGHT)
    figure.add_artist(
        Rectangle(corner, width / WIDTH, BAR_HEIGHT / HEIGHT, facecolor=shade, transform=figure.transFigure)
    )


def _write(
    figure: "Figure",
    x: int,
    baseline: int,
    text: str,
    *,
    size: int,
    colour: str = TEXT,
    weight: str = "normal",
    align: str = "left",
) -> None:
    figure.text(
        x / WIDTH,
        1 - baseline / HEIGHT,
        text,
        fontsize=size * 72 / DPI,
        color=colour,
        weight=weight,
        ha=align,
        va="baseline",
        parse_math=False,  # a school's name may have any signs
    )


def _shortened(place: str, longest: int = 52) -> str:
    return place if len(place) <= longest else f"{place[: longest - 1].rstrip()}…"
