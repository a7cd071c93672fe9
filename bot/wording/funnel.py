"""The funnel of the summary in words and figures, as its picture shows it."""

from collections.abc import Mapping
from typing import Any

from bot.domain.digest import percent
from bot.domain.reports import ReportStage
from bot.wording.sentences import say


def say_funnel(locale: str, place: str | None, registered: int, reached: Mapping[ReportStage, int]) -> dict[str, Any]:
    """What the picture's recipe holds. place: whose funnel it is; None for the whole campaign.

    No date in it: as long as the figures stand still, it is the same picture, which the messenger has already.
    """
    counts = [("registered", registered), *((stage.value, reached[stage]) for stage in ReportStage)]
    return {
        "title": say(locale, "funnel-file"),
        "heading": say(locale, "funnel-heading"),
        "place": place or say(locale, "funnel-everywhere"),
        "steps": [
            {
                "label": say(locale, "funnel-step", step=step),
                "classes": count,
                "share": say(locale, "funnel-share", percent=percent(count, registered)),
            }
            for step, count in counts
        ],
    }
