"""What every test may use."""

import pytest
from hypothesis import settings

pytest.register_assert_rewrite("tests.conversations.chat")
pytest_plugins = ["tests.databases"]

# The same examples on every run: a failure that comes and goes teaches nobody anything.
settings.register_profile("repeatable", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("repeatable")
