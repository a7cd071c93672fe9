"""The operator's settings and the campaign file: what they accept, and what they say about the rest."""

import os
from collections.abc import Iterator
from contextlib import chdir
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.campaign_sections import TeacherWinners
from bot.config import CampaignError, Settings, SettingsError, load_campaign, load_settings
from bot.domain.calendar import Act, Period
from bot.domain.names import MinorsShown
from bot.domain.votes import VoterPolicy, VotingRules

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "campaign.example.toml"
TOKEN = "vk1.a.very-secret"


@pytest.fixture(autouse=True)
def _bare_environment(tmp_path: Path) -> Iterator[None]:
    """No variable of ours is set, and no `.env` lies in the current folder."""
    before = dict(os.environ)
    for name in [name for name in before if name.startswith("UGUBOT_")]:
        del os.environ[name]
    with chdir(tmp_path):
        yield
    os.environ.clear()
    os.environ.update(before)


def settings_with(**variables: str) -> Settings:
    os.environ.update({f"UGUBOT_{name}": value for name, value in variables.items()})
    return load_settings()


def test_an_empty_environment_gives_the_documented_defaults() -> None:
    settings = load_settings()
    assert settings.vk_api_url == "https://api.vk.ru/method/"
    assert settings.database_url == "sqlite:///ugubot.sqlite3"
    assert settings.campaign == Path("campaign.toml")
    assert (settings.clock, settings.clock_speed, settings.send_rate) == (None, 1.0, 19.5)
    assert (settings.web_url, settings.web_listen) == (None, "127.0.0.1:8080")


def test_settings_are_read_from_a_dotenv_file_beside_foreign_variables(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"UGUBOT_VK_TOKEN={TOKEN}\nPOSTGRES_PASSWORD=x\nUGUBOT_LOG=DEBUG\n")
    settings = load_settings()
    assert settings.token().get_secret_value() == TOKEN
    assert settings.log == "debug"


def test_a_dotenv_file_that_is_not_text_is_named_in_one_line(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"UGUBOT_LOG=\xff\xfe\n")
    with pytest.raises(SettingsError, match=r"^\.env: found a file that cannot be read"):
        load_settings()


def test_values_are_brought_into_one_form_whatever_the_spelling() -> None:
    settings = settings_with(
        VK_API_URL="http://127.0.0.1:8080/method",
        DATABASE_URL="postgresql://bot:secret@db/ugu",
        CLOCK="2017-11-08T09:00:00+03:00",
        SEND_RATE="0",
        VK_TOKEN=f" {TOKEN} ",
        WEB_URL=" https://ugu.example.org/ ",
        WEB_LISTEN=" 0.0.0.0:80 ",
    )
    assert settings.vk_api_url == "http://127.0.0.1:8080/method/"
    assert settings.clock == datetime(2017, 11, 8, 6, tzinfo=UTC)
    assert settings.send_rate is None
    assert (settings.web_url, settings.web_listen) == ("https://ugu.example.org", "0.0.0.0:80")
    assert settings.token().get_secret_value() == TOKEN


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("VK_API_URL", "vk.ru", "'vk.ru'"),
        ("VK_API_URL", "ftp://u:secret@vk.ru/", "'ftp://…@vk.ru/'"),
        ("DATABASE_URL", "mysql://u:secret@h/d", "'mysql:…'"),
        ("DATABASE_URL", "sqlite://", "'sqlite:…'"),
        ("DATABASE_URL", "postgresql://u:secret@h", "'postgresql:…'"),
        ("DATABASE_URL", "file.db", "'file.db'"),
        ("CLOCK", "2017-11-08T09:00", "2017-11-08 09:00:00"),
        ("CLOCK", "2017", "'2017'"),
        ("CLOCK_SPEED", "0", "'0'"),
        ("CLOCK_SPEED", "nan", "'nan'"),
        ("SEND_RATE", "-1", "'-1'"),
        ("WEB_URL", "ugu.example.org", "'ugu.example.org'"),
        ("WEB_URL", "ftp://u:secret@ugu.example.org", "'ftp://…@ugu.example.org'"),
        ("WEB_URL", "https://ugu.example.org/?page=1", "'https://ugu.example.org/?page=1'"),
        ("WEB_URL", "https://ugu.example.org/#top", "'https://ugu.example.org/#top'"),
        ("WEB_LISTEN", "8080", "'8080'"),
        ("WEB_LISTEN", ":8080", "':8080'"),
        ("WEB_LISTEN", "127.0.0.1", "'127.0.0.1'"),
        ("WEB_LISTEN", "127.0.0.1:65536", "'127.0.0.1:65536'"),
        ("WEB_LISTEN", "127.0.0.1:-1", "'127.0.0.1:-1'"),
        ("WEB_LISTEN", "127.0.0.1:٨٠", "'127.0.0.1:٨٠'"),
        ("WEB_LISTEN", "::1:8080", "'::1:8080'"),
        ("WEB_LISTEN", "[localhost]:8080", "'[localhost]:8080'"),
        ("WEB_LISTEN", "http://localhost:8080", "'http://localhost:8080'"),
        ("LOG", "loud\nand more", "'loud\\nand more'"),
        ("VK_TOKEN", "secret with spaces", "a value with spaces or foreign signs (not shown)"),
    ],
)
def test_a_wrong_variable_is_one_line_with_name_found_and_expected(name: str, value: str, found: str) -> None:
    with pytest.raises(SettingsError) as error:
        settings_with(**{name: value})
    line = str(error.value)
    assert line.startswith(f"UGUBOT_{name}: found {found}, expected ")
    assert "\n" not in line
    assert "secret" not in line


@pytest.mark.parametrize(
    ("listen", "host", "port"),
    [
        ("127.0.0.1:8080", "127.0.0.1", 8080),
        ("localhost:0", "localhost", 0),
        ("pages.local:65535", "pages.local", 65535),
        ("[::1]:8080", "::1", 8080),
        ("[fe80::1%eth0]:80", "fe80::1%eth0", 80),
    ],
)
def test_the_pages_are_served_at_a_host_and_a_port_of_either_kind(listen: str, host: str, port: int) -> None:
    assert settings_with(WEB_LISTEN=listen).listen_at == (host, port)


def test_a_path_below_the_pages_address_is_kept_without_its_last_slash() -> None:
    assert settings_with(WEB_URL="http://example.org/ugu/").web_url == "http://example.org/ugu"


def test_the_token_is_never_shown_and_asked_for_only_where_needed() -> None:
    with pytest.raises(SettingsError, match="UGUBOT_VK_TOKEN: found nothing, expected the community's access token"):
        load_settings().token()
    assert TOKEN not in repr(settings_with(VK_TOKEN=TOKEN))


def test_the_example_is_the_campaign_of_2017() -> None:
    campaign = load_campaign(EXAMPLE)
    assert campaign.calendar.periods.campaign == Period(date(2017, 11, 8), date(2017, 12, 3))
    assert campaign.calendar.periods.handout == Period(date(2017, 12, 8), date(2017, 12, 14))
    assert campaign.calendar.period(Act.REGISTER_CLASS) == Period(date(2017, 11, 8), date(2017, 11, 23))
    assert [(tier.price, tier.stock) for tier in campaign.gift_tiers] == [(10, 800), (20, 300), (50, 100)]
    assert campaign.voting_rules == VotingRules(VoterPolicy.CONFIRMED, own_vote=False)
    assert campaign.shown.minors is MinorsShown.WITH_PARENTAL_CONSENT
    assert campaign.teacher_winners == TeacherWinners(by_product=3, by_participants=3)
    assert (campaign.class_cap, campaign.retention_days) == (40, 90)


def test_the_package_of_the_example_is_there_and_asks_teachers_for_no_data() -> None:
    texts = [entry.file.read_text(encoding="utf-8") for entry in load_campaign(EXAMPLE).package]
    assert len(texts) == 3
    assert any("Учитель эти данные не собирает" in text for text in texts)


@pytest.mark.parametrize(
    ("was", "becomes", "line"),
    [
        ("retention_days = 90", "retention_days = -5", "retention_days: found -5, expected greater than 0"),
        ("class_cap = 40", "class_cap = 0", "class_cap: found 0, expected greater than or equal to 1"),
        ('title = "Акц', 'titel = "Акц', "title: found nothing, expected a value"),
        ("own_vote = false", "own_votes = false", "own_votes: found False, expected no such key"),
        ("stock = 300", "stock = 0", "gift_tiers.2.stock: found 0, expected greater than 0"),
        ("price = 20", "price = 10", "gift_tiers: found prices [10, 10, 50], expected tiers from the cheapest"),
        ('"mfc-2"', '"mfc-1"', "gift_points: found keys ['mfc-1', 'mfc-1'], expected gift points with different keys"),
        ("from = 2017-12-08", "from = 2017-12-01", "periods.handout: found 2017-12-01 - 2017-12-14, expected `from`"),
        (
            "teachers     = { from = 2017-11-08, to = 2017-11-23 }",
            "teachers     = { from = 2017-11-08, to = 2017-12-23 }",
            "periods.teachers: found 2017-11-08 - 2017-12-23, expected days within periods.campaign",
        ),
        (
            "lessons      = { from = 2017-11-08, to = 2017-11-23 }",
            "lessons      = { from = 2017-11-08, to = 2017-11-01 }",
            "periods.lessons: found 2017-11-08 - 2017-11-01, expected a period whose `to` is not before",
        ),
        ("to = 18:00:00", "to = 08:00:00", "working_hours: found 08:00:00 - 08:00:00, expected hours whose `to`"),
        (
            "teachers = 15:00",
            "teachers = 19:00",
            "reminders: found teachers = 19:00:00, expected an hour within working",
        ),
        (
            "participants = 16:00",
            "participants = 22:00",
            "reminders: found 22:00:00, expected an hour from 08:00:00 on",
        ),
        ("from = 21:00:00", "from = 07:00:00", "reminders.quiet: found 07:00:00 - 08:00:00, expected an evening hour"),
        (
            "plan-uroka.txt",
            "net.txt",
            "package.1.file: found 'examples/package/net.txt', expected a file that is there",
        ),
        ('operator_contact = "ugu@example.org"', 'operator_contact = " "', "operator_contact: found ' ', expected"),
        ('voters = "confirmed"', 'voters = "all"', "voters: found 'all', expected 'any' or 'confirmed'"),
        ("Europe/Moscow", "Europe/Mosc", "time_zone: found 'Europe/Mosc', expected the name of a time zone"),
        ("school_week = 5", "school_week = 7", "school_week: found 7, expected 5 or 6"),
        ("https://example.org/ugu/policy", "example.org", "policy_url: found 'example.org', expected an address"),
        ("[texts]", "[texts]\nA_b = 'c'", "texts.A_b: found 'A_b', expected match"),
        ("[texts]", "[texts", "not TOML: "),
    ],
)
def test_a_wrong_campaign_file_is_one_line_with_key_found_and_expected(
    tmp_path: Path, was: str, becomes: str, line: str
) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    text = EXAMPLE.read_text(encoding="utf-8")
    assert was in text
    path = tmp_path / "campaign.toml"
    path.write_text(text.replace(was, becomes), encoding="utf-8")
    with pytest.raises(CampaignError) as error:
        load_campaign(path)
    assert str(error.value).startswith(f"{path}: {line}")
    assert "\n" not in str(error.value)


def test_gifts_need_tiers_and_points_unless_they_are_switched_off(tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    text = EXAMPLE.read_text(encoding="utf-8")
    without = text[: text.index("[[gift_tiers]]")] + text[text.index("[shown]") :]
    path = tmp_path / "campaign.toml"
    path.write_text(without, encoding="utf-8")
    with pytest.raises(CampaignError, match="parts: found gifts = true, expected gifts = false, or at least one"):
        load_campaign(path)
    path.write_text(without.replace("gifts = true", "gifts = false"), encoding="utf-8")
    assert load_campaign(path).gift_tiers == ()


def test_a_missing_or_unreadable_campaign_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(CampaignError, match="cannot be read"):
        load_campaign(tmp_path / "campaign.toml")
    (tmp_path / "cp1251.toml").write_bytes('title = "Акция"'.encode("cp1251"))
    with pytest.raises(CampaignError, match="not UTF-8"):
        load_campaign(tmp_path / "cp1251.toml")
