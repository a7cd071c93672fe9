from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from pydantic import ValidationError

from bot.documents.funnel import BAR_HEIGHT, FIRST_BAR, HEIGHT, LEFT, RIGHT, SHADES, STEP, TRACK, WIDTH
from bot.documents.recipes import build
from bot.domain.reports import ReportStage
from bot.wording.funnel import say_funnel


def recipe(*counts: int, locale: str = "ru", place: str | None = "Город Ставрополь") -> dict[str, Any]:
    registered, *reached = counts
    return say_funnel(locale, place, registered, dict(zip(ReportStage, reached, strict=True)))


def drawn(content: dict[str, Any]) -> Image.Image:
    return Image.open(BytesIO(build("funnel", content).content)).convert("RGB")


def bar_lengths(picture: Image.Image) -> list[int]:
    """How many pixels of each bar are filled."""
    pixels = picture.load()
    assert pixels is not None
    lengths = []
    for place, shade in enumerate(SHADES):
        middle = FIRST_BAR + STEP * place + BAR_HEIGHT // 2
        wanted = tuple(int(shade[at : at + 2], 16) for at in (1, 3, 5))
        lengths.append(sum(pixels[x, middle] == wanted for x in range(WIDTH)))
    return lengths


def test_the_picture_has_a_bar_for_each_step_as_long_as_its_share() -> None:
    picture = drawn(recipe(200, 150, 50, 0))
    assert picture.size == (WIDTH, HEIGHT)
    lengths = bar_lengths(picture)
    assert lengths[3] == 0
    assert [round(100 * length / (RIGHT - LEFT)) for length in lengths] == [100, 75, 25, 0]


def test_a_single_class_among_thousands_can_still_be_seen() -> None:
    assert bar_lengths(drawn(recipe(5000, 1, 1, 1)))[3] >= 3


def test_a_funnel_without_any_class_is_drawn_with_empty_bars() -> None:
    picture = drawn(recipe(0, 0, 0, 0))
    assert bar_lengths(picture) == [0, 0, 0, 0]
    track = tuple(int(TRACK[at : at + 2], 16) for at in (1, 3, 5))
    assert picture.getpixel((WIDTH // 2, FIRST_BAR + BAR_HEIGHT // 2)) == track


def test_the_same_figures_give_the_same_bytes_and_others_do_not() -> None:
    assert build("funnel", recipe(9, 5, 3, 1)) == build("funnel", recipe(9, 5, 3, 1))
    assert build("funnel", recipe(9, 5, 3, 1)) != build("funnel", recipe(9, 5, 3, 2))


def test_the_words_are_the_readers_and_signs_of_formulas_stay_what_they_are() -> None:
    russian, english = recipe(4, 3, 2, 1, place=None), recipe(4, 3, 2, 1, locale="en", place=None)
    assert [step["label"] for step in russian["steps"]] == [
        "Классов с преподавателем", "Документы получены", "Готовы к уроку", "Урок проведен",
    ]  # fmt: skip
    assert [step["share"] for step in russian["steps"]] == ["100 %", "75 %", "50 %", "25 %"]
    assert english["place"] == "The whole campaign"
    assert build("funnel", russian).title == "svodka.png"
    drawn(recipe(4, 3, 2, 1, place="Школа $\\frac{1}{0}$ _{^ " + "длинная " * 30))


def test_a_recipe_of_another_shape_is_refused_before_anything_is_drawn() -> None:
    content = recipe(4, 3, 2, 1)
    with pytest.raises(ValidationError):
        build("funnel", {**content, "steps": content["steps"][:3]})
