"""What the tests of jobs begin with."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from tests.storage.conftest import transaction


@pytest.fixture
def conn(database_url: str) -> Iterator[Connection]:
    """An open transaction of a migrated, empty database."""
    with transaction(database_url) as conn:
        yield conn
