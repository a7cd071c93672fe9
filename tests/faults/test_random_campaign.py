"""Everything at random for a few seconds; much longer by hand, see `random_campaign.py`."""

from pathlib import Path

import pytest

from tests.faults.random_campaign import how_to_repeat, random_campaign

SEED, SECONDS, PEOPLE, ACTS = 2017, 12.0, 40, 1_500


@pytest.mark.timeout(180)
async def test_whatever_happens_each_act_counts_once_and_each_answer_comes_once(
    database_url: str, tmp_path: Path
) -> None:
    outcome = await random_campaign(database_url, tmp_path, seed=SEED, seconds=SECONDS, people=PEOPLE, acts=ACTS)
    repeated = how_to_repeat(database_url, SEED, SECONDS, PEOPLE)
    assert not outcome.findings, "\n".join([f"to repeat: {repeated}", *outcome.findings])
    assert outcome.figures["questions"], f"nothing happened: {outcome.figures}"
