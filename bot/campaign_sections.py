"""The sections of the campaign file: what each may hold, checked on its own.

`Campaign`, which puts them together and is read from `campaign.toml`, is in `config.py`; what each key means to an
operator is explained in `campaign.example.toml`.
"""

import re
from datetime import date, time
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PositiveInt,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from bot.domain.calendar import Period, Periods
from bot.domain.identifiers import GiftPointId
from bot.domain.names import MinorsShown


def wrong(found: object, expected: str) -> PydanticCustomError:
    """An error of ours: what was found, and what was expected instead."""
    return PydanticCustomError("wrong", "{expected}", {"found": str(found), "expected": expected})


def web_address(url: str) -> str:
    """The address without spaces around it; anything but http(s) with a host is an error."""
    address = url.strip()
    if re.fullmatch(r"https?://[^\s/?#]+(?:[/?#]\S*)?", address) is None:
        raise wrong(repr(url), "an address as https://host/path")
    return address


def known_time_zone(name: str) -> str:
    """The name, if this machine knows the zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise wrong(repr(name), "the name of a time zone, as Europe/Moscow") from None
    return name


def _present(file: Path, info: ValidationInfo) -> Path:
    path: Path = (info.context or {}).get("folder", Path()) / file
    if not path.is_file() or path.stat().st_size == 0:
        raise wrong(repr(str(file)), f"a file that is there and not empty, {path} is not")
    return path


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
WebAddress = Annotated[str, AfterValidator(web_address)]
CampaignFile = Annotated[Path, AfterValidator(_present)]


class Section(BaseModel):
    """A part of the campaign file: unknown keys are errors, since a misspelt one would silently change nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Days(Section):
    """Local days, both included: `{ from = 2017-11-08, to = 2017-12-03 }`."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise wrong(self, "a period whose `to` is not before its `from`")
        return self

    def __str__(self) -> str:
        return f"{self.first} - {self.last}"

    @property
    def period(self) -> Period:
        """As the rules take it."""
        return Period(self.first, self.last)


class PeriodsSection(Section):
    """The periods; the acts belonging to each are in `domain/calendar.py`."""

    campaign: Days
    participants: Days
    voting: Days
    teachers: Days
    lessons: Days
    reserving: Days
    handout: Days

    @field_validator("participants", "voting", "teachers", "lessons")
    @classmethod
    def _within_campaign(cls, days: Days, info: ValidationInfo) -> Days:
        campaign: Days | None = info.data.get("campaign")
        if campaign is not None and not (campaign.first <= days.first and days.last <= campaign.last):
            raise wrong(days, f"days within periods.campaign ({campaign})")
        return days

    @field_validator("reserving")
    @classmethod
    def _reserving_after_start(cls, days: Days, info: ValidationInfo) -> Days:
        campaign: Days | None = info.data.get("campaign")
        if campaign is not None and days.first < campaign.first:
            raise wrong(days, f"`from` not before periods.campaign begins ({campaign})")
        return days

    @field_validator("handout")
    @classmethod
    def _handout_after_reserving(cls, days: Days, info: ValidationInfo) -> Days:
        reserving: Days | None = info.data.get("reserving")
        if reserving is not None and days.first <= reserving.last:
            raise wrong(days, f"`from` after periods.reserving ends ({reserving})")
        return days

    @property
    def periods(self) -> Periods:
        """As the rules take them."""
        return Periods(
            campaign=self.campaign.period,
            participants=self.participants.period,
            voting=self.voting.period,
            teachers=self.teachers.period,
            lessons=self.lessons.period,
            reserving=self.reserving.period,
            handout=self.handout.period,
        )


class Hours(Section):
    """Local hours of a day: `{ from = 08:00:00, to = 18:00:00 }`."""

    first: time = Field(alias="from")
    last: time = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last <= self.first:
            raise wrong(self, "hours whose `to` comes after their `from`")
        return self

    def __str__(self) -> str:
        return f"{self.first} - {self.last}"


class QuietHours(Section):
    """Local hours over midnight in which nobody is written to by the clock: `{ from = 21:00:00, to = 08:00:00 }`."""

    first: time = Field(alias="from", default=time(21))
    last: time = Field(alias="to", default=time(8))

    @model_validator(mode="after")
    def _over_midnight(self) -> Self:
        if self.first <= self.last:
            raise wrong(f"{self.first} - {self.last}", "an evening hour in `from` and a morning hour in `to`")
        return self


class RemindersSection(Section):
    """When people are reminded, local times; teachers and coordinators on working days only."""

    teachers: time = time(15)
    participants: time = time(16)
    coordinators: time = time(12)
    quiet: QuietHours = QuietHours()

    @model_validator(mode="after")
    def _outside_the_quiet_hours(self) -> Self:
        for hour in (self.teachers, self.participants, self.coordinators):
            if not self.quiet.last <= hour < self.quiet.first:
                raise wrong(hour, f"an hour from {self.quiet.last} on and before {self.quiet.first}")
        return self


class GiftTier(Section):
    """One tier of the showcase. price: in УГУ. per_participant: at most so many of this tier for one participant."""

    title: Line
    price: PositiveInt
    stock: PositiveInt
    per_participant: PositiveInt = 1
    picture: CampaignFile | None = None


class GiftPointSection(Section):
    """One place (МФЦ) where gifts are handed out. key: its lasting name, by which reservations and issuers know it."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
    title: Line
    municipality: Line
    address: Line
    hours: Line

    @property
    def gift_point(self) -> GiftPointId:
        """As the rules take it."""
        return GiftPointId(self.key)


class PackageFile(Section):
    """One file of the lesson package; after loading, `file` is an absolute path."""

    title: Line
    file: CampaignFile


class TeacherWinners(Section):
    """How many teachers win by share × votes, and how many more by participants registered."""

    by_product: Annotated[int, Field(ge=0)] = 3
    by_participants: Annotated[int, Field(ge=0)] = 3


class ShownSection(Section):
    """What others see of participants."""

    minors: MinorsShown = MinorsShown.WITH_PARENTAL_CONSENT
    school_and_class: Literal["staff", "everybody"] = "staff"


class Parts(Section):
    """Optional parts of the bot, on or off."""

    gifts: bool = True
    sessions: bool = True
    school_systems: bool = True
