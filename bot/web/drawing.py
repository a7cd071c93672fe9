"""Drawing a screen: the templates, given what they need to know and nothing they could ask for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.domain.sessions.screen import Screen
from bot.web import bars, scenes
from bot.web.assets import FOLDER, Assets
from bot.web.guard import LANGUAGE
from bot.web.join_codes import join_code
from bot.wording import say, say_time


@dataclass(frozen=True, slots=True)
class Moment:
    """Where the campaign's clock stands: milliseconds since 1970, and how many of its seconds pass in a real one."""

    now: int
    speed: float


class Drawing:
    """The templates of the pages. Their links are relative, so that a proxy may put a folder before them."""

    def __init__(self, zone: ZoneInfo, assets: Assets) -> None:
        pages = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        pages.globals |= {"say": partial(say, LANGUAGE), "time_of": partial(_time_of, zone), "ms": in_ms}
        pages.globals |= {"scenes": scenes, "bars": bars, "join_code": join_code}
        pages.globals |= {"language": LANGUAGE, "version": assets.version, "modules": assets.modules}
        self._page = pages.get_template("page.html")
        self._content = pages.get_template("content.html")

    def content(self, screen: Screen, token: str) -> str:
        """What is inside the page's `main`. The same screen always gives the same text."""
        return self._content.render(screen=screen, scene=scenes.scene_of(screen), token=token).strip()

    def page(self, screen: Screen, token: str, moment: Moment) -> str:
        """The whole page as it is at that moment."""
        return self._page.render(title=screen.title, content=self.content(screen, token), moment=moment)


def in_ms(at: datetime | timedelta) -> int:
    """An instant in milliseconds since 1970, or a span in milliseconds."""
    if isinstance(at, timedelta):
        return round(at.total_seconds() * 1000)
    return round(at.timestamp() * 1000)


def _time_of(zone: ZoneInfo, instant: datetime) -> str:
    return say_time(instant, zone)
