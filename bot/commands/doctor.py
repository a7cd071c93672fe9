"""`ugubot doctor`: every part the bot needs, one line each: fine, or what to do."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from rich.console import Console
from sqlalchemy.exc import DBAPIError

from bot.app import vk_checkup
from bot.config import Campaign, CampaignError, Settings, SettingsError, load_campaign, load_settings
from bot.storage import migrating

Finding = tuple[str, str | None]  # what was looked at, and what to do about it (None: it is fine)


async def examine(console: Console) -> bool:
    """Look at everything and print a line each; whether all is well."""
    well = True
    async for subject, advice in _findings():
        well = well and advice is None
        mark, colour = ("ok  ", "green") if advice is None else ("look", "red")
        console.print(f"[{colour}]{mark}[/{colour}] ", end="")
        console.print(subject if advice is None else f"{subject}: {advice}", markup=False)
    return well


async def _findings() -> AsyncIterator[Finding]:
    try:
        settings = load_settings()
    except SettingsError as error:
        yield "settings", str(error)
        return
    yield "settings", None
    for finding in _about_campaign(settings):
        yield finding
    yield await asyncio.to_thread(_about_database, settings)
    async for finding in _about_vk(settings):
        yield finding


def _about_campaign(settings: Settings) -> list[Finding]:
    try:
        campaign: Campaign = load_campaign(settings.campaign)
    except CampaignError as error:
        return [("campaign file", str(error))]
    last = campaign.periods.periods.campaign.last
    ended = last < datetime.now(UTC).date() and settings.clock is None
    clock = f"the campaign ended on {last}; for a rehearsal set UGUBOT_CLOCK" if ended else None
    return [(f"campaign file: {campaign.title}, operator {campaign.operator_name}", None), ("clock", clock)]


def _about_database(settings: Settings) -> Finding:
    try:
        current = migrating.current(settings.database_url)
    except DBAPIError as error:
        return "database", f"does not answer ({str(error.orig).splitlines()[0]}); check UGUBOT_DATABASE_URL"
    if current != migrating.head():
        return "database", f"is at revision {current or 'none'}, expected {migrating.head()}; run `ugubot migrate`"
    return "database", None


async def _about_vk(settings: Settings) -> AsyncIterator[Finding]:
    try:
        settings.token()
    except SettingsError as error:
        yield "VK token", str(error)
        return
    async for finding in vk_checkup(settings):
        yield finding
