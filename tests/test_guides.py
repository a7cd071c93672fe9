"""The guides name only what there is: buttons of the program, pictures that were made, their headings."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast

from docs.screenshots.campaign import FIRST_MORNING
from docs.screenshots.session_story import SessionStory
from docs.screenshots.stage import Actor, staged
from docs.screenshots.story import Story

ROOT = Path(__file__).parents[1]
GUIDES = ("coordinator", "moderator")
WORDS = re.compile("[а-яё]", re.IGNORECASE)
ON_BUTTONS = ("button-", "label-", "stage-")


def patterns() -> Iterator[re.Pattern[str]]:
    """What may stand on a button; a variable stands for anything."""
    for file in sorted((ROOT / "locales" / "ru").glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text()).body:
            if isinstance(entry, ast.Message) and entry.id.name.startswith(ON_BUTTONS) and entry.value:
                yield from (re.compile(text) for text in texts(entry.value) if WORDS.search(text))


def texts(pattern: ast.Pattern) -> list[str]:
    """Each variant of a sentence as a regular expression."""
    variants = [""]
    for element in pattern.elements:
        if isinstance(element, ast.TextElement):
            ends = [re.escape(element.value)]
        elif isinstance(element.expression, ast.SelectExpression):
            ends = [text for one in element.expression.variants for text in texts(one.value)]
        else:
            ends = [".+"]
        variants = [begun + end for begun in variants for end in ends]
    return variants


def text_of(guide: str) -> str:
    return (ROOT / "docs" / f"{guide}.md").read_text()


@pytest.mark.parametrize("guide", GUIDES)
def test_every_button_that_the_guide_quotes_in_bold_is_in_the_program(guide: str) -> None:
    quoted = set(re.findall(r"\*\*«(.+?)»\*\*", text_of(guide).replace("\n", " ")))
    known = list(patterns())
    assert quoted
    assert {label for label in quoted if not any(one.fullmatch(label) for one in known)} == set()


@pytest.mark.parametrize("guide", GUIDES)
def test_every_picture_of_the_guide_exists_and_every_picture_made_is_shown(guide: str) -> None:
    pictures = ROOT / "docs" / "images" / guide
    assert pictures_shown(guide) == {file.name for file in pictures.glob("*.png")}


def pictures_shown(guide: str) -> set[str]:
    return set(re.findall(rf"!\[[^]]+\]\(images/{guide}/([\w-]+\.png)\)", text_of(guide)))


class Notebook:
    """Takes down what would be photographed: whose screen, and the newest message on it."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}

    async def shoot(
        self, name: str, actor: Actor, *, messages: int = 1, at: int | None = None, with_menu: bool = False
    ) -> None:
        self.pages[name] = "a conversation" if at is not None else actor.said[-1].text

    async def project(self, name: str, address: str) -> None:
        self.pages[name] = address


async def test_the_campaign_of_the_pictures_can_be_played_and_gives_each_of_them() -> None:
    notebook = Notebook()
    async with staged(FIRST_MORNING) as stage:
        await Story(stage, notebook).played()
    assert {f"{name}.png" for name in notebook.pages} == pictures_shown("coordinator")
    assert notebook.pages["digest"].startswith("Итоги на 16 ноября\n\n")
    assert "Опаздывают с отметкой «Документы получены»: 2" in notebook.pages["digest"]
    assert notebook.pages["remind-all"].startswith("Напоминание 3 учителям: 16 ноября, 12:00.")
    assert notebook.pages["broadcast-result"] == "Рассылка № 1 учителям\nЗакончена\nДошло: 4\nНе дошло: 1"


async def test_the_session_of_the_pictures_can_be_played_and_gives_each_of_them() -> None:
    notebook = Notebook()
    async with staged(FIRST_MORNING) as stage:
        await SessionStory(stage, notebook).played()
    assert {f"{name}.png" for name in notebook.pages} == pictures_shown("moderator")
    assert notebook.pages["protocol"].startswith("Протокол для печати.")


@pytest.mark.parametrize("guide", GUIDES)
def test_every_line_of_the_guides_contents_leads_to_one_of_its_headings(guide: str) -> None:
    text = text_of(guide)
    headings = {heading.lower().replace(" ", "-") for heading in re.findall(r"^## (.+)$", text, re.MULTILINE)}
    assert set(re.findall(r"\(#([^)]+)\)", text)) == headings
