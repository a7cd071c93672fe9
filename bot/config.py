"""What the operator sets: the environment (`Settings`) and the campaign file (`Campaign`).

Both are read once, at start, and wrong ones stop it with one line: what, what was found, what is expected. The
campaign file holds everything that a campaign may change; `campaign.example.toml` explains each key in Russian.
"""

import re
import tomllib
from datetime import date, datetime
from functools import cached_property
from ipaddress import IPv6Address
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    AwareDatetime,
    Field,
    PositiveInt,
    SecretStr,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.campaign_sections import (
    GiftPointSection,
    GiftTier,
    Hours,
    Line,
    PackageFile,
    Parts,
    PeriodsSection,
    RemindersSection,
    Section,
    ShownSection,
    TeacherWinners,
    Text,
    WebAddress,
    known_time_zone,
    web_address,
    wrong,
)
from bot.domain.calendar import Calendar, SchoolWeek
from bot.domain.duties import Audience, DisturbingHours
from bot.domain.votes import VoterPolicy, VotingRules

PREFIX: Final = "UGUBOT_"
_LISTEN: Final = re.compile(r"(?:\[(?P<ipv6>[^\]\s]+)\]|[A-Za-z0-9._-]+):(?P<port>[0-9]{1,5})")
_LAST_PORT: Final = 65_535
# How pydantic begins its sentences; ours are written to follow "expected".
_PYDANTICS_BEGINNING: Final = re.compile(r"^\w+ should (?:be |have )?")


class SettingsError(Exception):
    """An environment variable is wrong; the text is one line for the operator."""


class CampaignError(Exception):
    """The campaign file is wrong; the text is one line for the operator."""


class Settings(BaseSettings):
    """The environment; each variable is `UGUBOT_` and the name here in capitals. A `.env` file beside is read too."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        use_attribute_docstrings=True,
    )

    vk_token: SecretStr | None = None
    """the community's access token, as vk1.a.…, without spaces"""
    vk_api_url: str = "https://api.vk.ru/method/"
    """the address of VK's API or of a stand-in for it, as https://host/method/"""
    database_url: str = "sqlite:///ugubot.sqlite3"
    """sqlite:///file or postgresql://user:password@host/database"""
    campaign: Path = Path("campaign.toml")
    """the path of the campaign file"""
    clock: AwareDatetime | None = None
    """the instant at which a rehearsal starts, with its time zone, as 2017-11-08T09:00:00+03:00"""
    clock_speed: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1.0
    """how many times as fast as real time a rehearsal runs, above 0"""
    send_rate: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = 19.5
    """calls a second to VK, which refuses more than 20; 0 for no limit (benchmarks only)"""
    log: Literal["debug", "info", "warning", "error"] = "info"
    """how much is logged: debug, info, warning or error"""
    web_url: str | None = None
    """the address under which people's browsers reach the bot's pages, as https://ugu.example.org; without it there are
    no pages"""
    web_listen: str = "127.0.0.1:8080"
    """where the pages are served, as 127.0.0.1:8080; put a reverse proxy with TLS before it"""

    @field_validator("vk_token", mode="before")
    @classmethod
    def _token_without_spaces(cls, token: object) -> object:
        if not isinstance(token, str):
            return token
        token = token.strip()
        if token and not (token.isascii() and token.isprintable() and " " not in token):
            raise ValueError("not a token")
        return token or None

    @field_validator("vk_api_url")
    @classmethod
    def _address_with_slash(cls, url: str) -> str:
        return web_address(url).rstrip("/") + "/"

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        kind, _, rest = url.partition("://")
        is_file = kind == "sqlite" and rest.startswith("/") and rest.strip("/") != ""
        address = urlsplit(url)
        # A password's @ has to be written %40: else a part of it would be taken, and shown, for the host's name.
        is_whole = address.netloc.count("@") <= 1 and address.port != 0  # asking for a port that is none raises
        is_server = kind == "postgresql" and address.path.strip("/") != "" and is_whole
        if not (is_file or is_server):
            raise ValueError("not a database")
        return url

    @field_validator("clock", mode="before")
    @classmethod
    def _no_bare_number(cls, instant: object) -> object:
        # pydantic would read 2017 as a number of seconds since 1970.
        if isinstance(instant, str):
            return datetime.fromisoformat(instant)
        return instant

    @field_validator("send_rate")
    @classmethod
    def _zero_is_no_limit(cls, rate: float | None) -> float | None:
        return rate or None

    @field_validator("log", mode="before")
    @classmethod
    def _any_case(cls, level: object) -> object:
        return level.strip().lower() if isinstance(level, str) else level

    @field_validator("web_url")
    @classmethod
    def _address_without_slash(cls, url: str | None) -> str | None:
        if url is None:
            return None
        address = web_address(url)
        if "?" in address or "#" in address:
            raise ValueError("an address to which no page's path can be added")
        return address.rstrip("/")

    @field_validator("web_listen")
    @classmethod
    def _host_and_port(cls, listen: str) -> str:
        listen = listen.strip()
        found = _LISTEN.fullmatch(listen)
        if found is None or int(found["port"]) > _LAST_PORT:
            raise ValueError("not a host and a port")
        if found["ipv6"] is not None:
            IPv6Address(found["ipv6"])  # raises ValueError
        return listen

    @property
    def listen_at(self) -> tuple[str, int]:
        """Host and port at which the pages are served; port 0 is any that is free."""
        host, _, port = self.web_listen.rpartition(":")
        return host.strip("[]"), int(port)

    def token(self) -> SecretStr:
        """The token, for whoever talks to VK. Raises SettingsError if none is set."""
        if self.vk_token is None:
            raise SettingsError(f"{PREFIX}VK_TOKEN: found nothing, expected {_expected('vk_token')}")
        return self.vk_token


def load_settings() -> Settings:
    """Read the environment and `.env`. Raises SettingsError for the first wrong variable."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(_settings_line(error.errors()[0])) from None  # the cause would carry the value
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f".env: found a file that cannot be read ({error}), expected UTF-8 text") from error


def _settings_line(error: ErrorDetails) -> str:
    name = str(error["loc"][0])
    return f"{PREFIX}{name.upper()}: found {_found_setting(name, error['input'])}, expected {_expected(name)}"


def _found_setting(name: str, value: Any) -> str:
    """The value as an error may show it: no token, no password."""
    match name:
        case "vk_token":
            return "a value with spaces or foreign signs (not shown)"
        case "database_url":
            kind, colon, _ = str(value).partition(":")
            return _found(f"{kind}:…" if colon else kind)
        case _:
            return _found(re.sub(r"//.*@", "//…@", value) if isinstance(value, str) else value)


def _expected(name: str) -> str:
    return _one_line(str(Settings.model_fields[name].description))


class Campaign(Section):
    """The campaign file."""

    title: Line
    time_zone: Annotated[str, AfterValidator(known_time_zone)]
    operator_name: Line
    operator_contact: Line
    policy_url: WebAddress
    consent_version: Annotated[Line, Field(max_length=20)]
    info_url: WebAddress
    portal_urls: tuple[WebAddress, ...]
    centres_url: WebAddress
    retention_days: PositiveInt = 90
    session_days: PositiveInt = 30
    periods: PeriodsSection
    working_hours: Hours
    school_week: SchoolWeek = 5
    extra_days_off: frozenset[date] = frozenset()
    class_cap: Annotated[int, Field(ge=1, le=500)] = 40
    voters: VoterPolicy
    own_vote: bool = False
    suspicious_burst: PositiveInt = 10
    participant_winners: PositiveInt = 3
    teacher_winners: TeacherWinners = TeacherWinners()
    gift_tiers: tuple[GiftTier, ...] = ()
    gift_points: tuple[GiftPointSection, ...] = ()
    package: Annotated[tuple[PackageFile, ...], Field(min_length=1)]
    reminders: RemindersSection = RemindersSection()
    shown: ShownSection = ShownSection()
    parts: Parts = Parts()
    texts: dict[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")], Text] = Field(default_factory=dict)

    @field_validator("gift_tiers")
    @classmethod
    def _prices_rise(cls, tiers: tuple[GiftTier, ...]) -> tuple[GiftTier, ...]:
        prices = [tier.price for tier in tiers]
        if prices != sorted(set(prices)):
            raise wrong(f"prices {prices}", "tiers from the cheapest to the dearest, each price once")
        return tiers

    @field_validator("gift_points")
    @classmethod
    def _keys_once(cls, points: tuple[GiftPointSection, ...]) -> tuple[GiftPointSection, ...]:
        keys = [point.key for point in points]
        if len(keys) != len(set(keys)):
            raise wrong(f"keys {keys}", "gift points with different keys")
        return points

    @field_validator("reminders")
    @classmethod
    def _teachers_at_work(cls, reminders: RemindersSection, info: ValidationInfo) -> RemindersSection:
        working: Hours | None = info.data.get("working_hours")
        if working is not None and not working.first <= reminders.teachers < working.last:
            raise wrong(f"teachers = {reminders.teachers}", f"an hour within working_hours ({working})")
        return reminders

    @field_validator("parts")
    @classmethod
    def _gifts_to_hand_out(cls, parts: Parts, info: ValidationInfo) -> Parts:
        lacking = next((key for key in ("gift_tiers", "gift_points") if info.data.get(key) == ()), None)
        if parts.gifts and lacking is not None:
            raise wrong("gifts = true", f"gifts = false, or at least one of {lacking}")
        return parts

    @cached_property
    def calendar(self) -> Calendar:
        """The periods and working days, as the rules take them."""
        return Calendar(
            zone=ZoneInfo(self.time_zone),
            periods=self.periods.periods,
            school_week=self.school_week,
            extra_days_off=self.extra_days_off,
        )

    @cached_property
    def hours(self) -> DisturbingHours:
        """When people may be written to by the clock, as the rules take it."""
        usual = self.reminders
        return DisturbingHours(
            usual={
                Audience.TEACHERS: usual.teachers,
                Audience.PARTICIPANTS: usual.participants,
                Audience.COORDINATORS: usual.coordinators,
            },
            quiet_from=usual.quiet.first,
            quiet_to=usual.quiet.last,
            work_from=self.working_hours.first,
            work_to=self.working_hours.last,
        )

    @property
    def voting_rules(self) -> VotingRules:
        """Whose votes are taken, as the rules take it."""
        return VotingRules(self.voters, self.own_vote)


def load_campaign(path: Path) -> Campaign:
    """Read and check the campaign file. Raises CampaignError naming the key, the value and what was expected."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CampaignError(f"{path}: cannot be read ({error.strerror}), expected a campaign file") from error
    except UnicodeDecodeError as error:
        raise CampaignError(f"{path}: not UTF-8 at byte {error.start}, expected a campaign file in UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise CampaignError(f"{path}: not TOML: {_one_line(str(error))}") from error
    try:
        return Campaign.model_validate(content, context={"folder": path.resolve().parent})
    except ValidationError as error:
        raise CampaignError(f"{path}: {_campaign_line(error.errors()[0])}") from error


def _campaign_line(error: ErrorDetails) -> str:
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in error["loc"] if part != "[key]")
    match error["type"]:
        case "missing":
            return f"{key}: found nothing, expected a value"
        case "extra_forbidden":
            return f"{key}: found {_found(error['input'])}, expected no such key: it is unknown or misspelt"
        case "wrong":
            return f"{key}: found {error['ctx']['found']}, expected {error['msg']}"
        case _:
            expected = _PYDANTICS_BEGINNING.sub("", _one_line(error["msg"]))
            return f"{key}: found {_found(error['input'])}, expected {expected}"


def _found(value: Any) -> str:
    text = _one_line(repr(value) if isinstance(value, str) else str(value))
    return text if len(text) <= 60 else f"{text[:59]}…"


def _one_line(text: str) -> str:
    return " ".join(text.split())
