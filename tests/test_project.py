"""What the repository promises about itself: locked versions, hashes, no addresses."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = ["requirements.lock", "requirements-dev.lock"]
NAME = re.compile(r"[a-z0-9-]+", re.IGNORECASE)


def locked(lock: str) -> dict[str, str]:
    """What each package's entry says, joined into one line."""
    entries = (ROOT / lock).read_text().replace("\\\n", " ").splitlines()
    return {normal(entry.split("==")[0]): entry for entry in entries}


def normal(requirement: str) -> str:
    found = NAME.match(requirement.replace(".", "-").replace("_", "-"))
    assert found is not None
    return found[0].lower()


def wanted(*extras: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lists = [project["dependencies"], *(project["optional-dependencies"][extra] for extra in extras)]
    return {normal(requirement) for one in lists for requirement in one} - {project["name"]}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_one_version_and_its_hashes(lock: str) -> None:
    for entry in locked(lock).values():
        assert re.fullmatch(r"[\w.-]+==\S+( ; [^\\]+?)?(\s+--hash=sha256:[0-9a-f]{64})+", entry.strip()), entry


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_name_no_index_no_host_and_no_local_path(lock: str) -> None:
    assert not re.search(r"://|^\s*-|file:|/", (ROOT / lock).read_text().replace("    --hash", "hash"), re.MULTILINE)


def test_whatever_the_project_needs_is_locked() -> None:
    assert wanted("build") <= locked("requirements.lock").keys()
    assert wanted("build", "dev") <= locked("requirements-dev.lock").keys()


def test_the_bot_runs_in_development_with_the_versions_it_runs_with_elsewhere() -> None:
    development = locked("requirements-dev.lock")
    assert {name: development.get(name) for name in locked("requirements.lock")} == locked("requirements.lock")
