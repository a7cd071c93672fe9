"""Who may join which team, who may be moved where, how members are split, and what teams may be called."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identifiers import MemberId, TeamId
from bot.domain.sessions.teams import (
    LONGEST_NAME,
    MOST_TEAMS,
    AlreadyThere,
    LeadsSession,
    MemberRole,
    NamesTaken,
    NameTooLong,
    NameTwice,
    NoName,
    Placed,
    Placing,
    SitsOnJury,
    TeamsGathered,
    TeamsWanted,
    TooManyTeams,
    VotedForIt,
    VoteIsOpen,
    balanced,
    folded,
    judge_joining,
    judge_moving,
    read_names,
)
from tests.domain.sessions.builders import EAGLES, FOXES, OWLS

LEADERS = [MemberRole.MODERATOR, MemberRole.HELPER]
ROLES = st.sampled_from(MemberRole)
MAYBE_A_TEAM = st.sampled_from([None, EAGLES, OWLS])
SOME_TEAMS = st.sets(st.sampled_from([EAGLES, OWLS, FOXES]))


def member(team: TeamId | None = None, *, voted_for: set[TeamId] | None = None) -> Placing:
    return Placing(MemberRole.MEMBER, team, frozenset(voted_for or ()))


# --- joining


def test_until_the_teams_are_gathered_anybody_joins_and_switches() -> None:
    assert judge_joining(member(), OWLS, gathered=False) == Placed(OWLS)
    assert judge_joining(member(EAGLES), OWLS, gathered=False) == Placed(OWLS)


def test_once_the_teams_are_gathered_nobody_chooses_and_everybody_is_told_where_they_stay() -> None:
    assert judge_joining(member(), OWLS, gathered=True) == TeamsGathered(None)
    assert judge_joining(member(EAGLES), OWLS, gathered=True) == TeamsGathered(EAGLES)


@pytest.mark.parametrize("gathered", [True, False])
def test_choosing_the_own_team_again_changes_nothing_at_any_time(gathered: bool) -> None:
    assert judge_joining(member(OWLS), OWLS, gathered=gathered) == AlreadyThere(OWLS)


@pytest.mark.parametrize("gathered", [True, False])
def test_who_leads_and_who_sits_on_the_jury_can_choose_no_team(gathered: bool) -> None:
    for role in LEADERS:
        assert judge_joining(Placing(role), OWLS, gathered=gathered) == LeadsSession()
    assert judge_joining(Placing(MemberRole.JUROR), OWLS, gathered=gathered) == SitsOnJury()


# --- being moved


def test_the_moderator_moves_members_between_votes_wherever_they_did_not_vote_for() -> None:
    assert judge_moving(member(EAGLES, voted_for={FOXES}), OWLS, vote_open=False) == Placed(OWLS)
    assert judge_moving(member(EAGLES, voted_for={FOXES}), FOXES, vote_open=False) == VotedForIt()


def test_nobody_is_moved_while_a_vote_is_open_and_that_is_told_first() -> None:
    assert judge_moving(member(EAGLES), OWLS, vote_open=True) == VoteIsOpen()
    assert judge_moving(member(EAGLES, voted_for={OWLS}), OWLS, vote_open=True) == VoteIsOpen()


@pytest.mark.parametrize("vote_open", [True, False])
def test_a_move_into_the_own_team_changes_nothing_even_during_a_vote(vote_open: bool) -> None:
    assert judge_moving(member(OWLS), OWLS, vote_open=vote_open) == AlreadyThere(OWLS)


@pytest.mark.parametrize("vote_open", [True, False])
def test_who_leads_and_who_sits_on_the_jury_is_moved_into_no_team(vote_open: bool) -> None:
    for role in LEADERS:
        assert judge_moving(Placing(role), OWLS, vote_open=vote_open) == LeadsSession()
    assert judge_moving(Placing(MemberRole.JUROR), OWLS, vote_open=vote_open) == SitsOnJury()


@given(role=ROLES, team=MAYBE_A_TEAM, voted_for=SOME_TEAMS, to=st.sampled_from([EAGLES, OWLS]), vote_open=st.booleans())
def test_of_several_reasons_against_a_move_the_first_in_order_is_told(
    role: MemberRole, team: TeamId | None, voted_for: set[TeamId], to: TeamId, vote_open: bool
) -> None:
    reasons = {
        LeadsSession(): role.leads,
        SitsOnJury(): role is MemberRole.JUROR,
        AlreadyThere(to): team == to,
        VoteIsOpen(): vote_open,
        VotedForIt(): to in voted_for,
        Placed(to): True,
    }
    told = next(reason for reason, holds in reasons.items() if holds)
    assert judge_moving(Placing(role, team, frozenset(voted_for)), to, vote_open=vote_open) == told


@given(role=ROLES, team=MAYBE_A_TEAM, voted_for=SOME_TEAMS, to=st.sampled_from([EAGLES, OWLS]), gathered=st.booleans())
def test_of_several_reasons_against_joining_the_first_in_order_is_told(
    role: MemberRole, team: TeamId | None, voted_for: set[TeamId], to: TeamId, gathered: bool
) -> None:
    reasons = {
        LeadsSession(): role.leads,
        SitsOnJury(): role is MemberRole.JUROR,
        AlreadyThere(to): team == to,
        TeamsGathered(team): gathered,
        Placed(to): True,
    }
    told = next(reason for reason, holds in reasons.items() if holds)
    assert judge_joining(Placing(role, team, frozenset(voted_for)), to, gathered=gathered) == told


# --- the split

SIZES = st.dictionaries(st.integers(1, 40).map(TeamId), st.integers(0, 9), min_size=1, max_size=12)


def waiting(people: int) -> list[tuple[MemberId, frozenset[TeamId]]]:
    return [(MemberId(number), frozenset()) for number in range(people)]


def grown(sizes: dict[TeamId, int], placed: dict[MemberId, TeamId]) -> Counter[TeamId]:
    counted = Counter(sizes)
    counted.update(placed.values())
    return counted


@given(teams=st.integers(1, 40), people=st.integers(0, 200))
def test_empty_teams_are_filled_so_that_their_sizes_differ_by_one_at_most(teams: int, people: int) -> None:
    sizes = {TeamId(number): 0 for number in range(teams)}
    placed = balanced(sizes, waiting(people))
    assert len(placed) == people
    counted = grown(sizes, placed)
    assert max(counted.values()) - min(counted.values()) <= 1


@given(sizes=SIZES, people=st.integers(0, 60))
def test_filled_teams_are_evened_out_and_nobody_joins_one_of_the_larger(sizes: dict[TeamId, int], people: int) -> None:
    placed = balanced(sizes, waiting(people))
    counted = grown(sizes, placed)
    joined = set(placed.values())
    assert all(counted[team] <= min(counted.values()) + 1 for team in joined)


@given(
    sizes=SIZES,
    forbidden=st.lists(st.sets(st.integers(1, 40).map(TeamId), max_size=40), max_size=30),
)
def test_nobody_is_split_into_a_team_they_may_not_join_and_nobody_else_is_left_out(
    sizes: dict[TeamId, int], forbidden: list[set[TeamId]]
) -> None:
    members = [(MemberId(number), teams) for number, teams in enumerate(forbidden)]
    placed = balanced(sizes, members)
    for one, teams in members:
        assert (one in placed) == bool(sizes.keys() - teams)
        assert one not in placed or placed[one] in sizes.keys() - teams


def test_of_equally_small_teams_the_first_one_is_filled_first() -> None:
    assert balanced({OWLS: 1, EAGLES: 1, FOXES: 2}, waiting(3)) == {0: OWLS, 1: EAGLES, 2: OWLS}


def test_where_there_are_no_teams_nobody_is_placed_in_one() -> None:
    assert balanced({}, waiting(3)) == {}


# --- names


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Орлы", ("Орлы",)),
        ("Орлы\nСовы\n\n  Лисы  ", ("Орлы", "Совы", "Лисы")),
        ("Седьмой   Б", ("Седьмой Б",)),
        ("7 Б", ("7 Б",)),
        ("[club1|Орлы]\n@all", ("[ club1|Орлы]", "@ all")),
    ],
)
def test_typed_names_make_a_team_a_line_and_are_harmless(typed: str, names: tuple[str, ...]) -> None:
    assert read_names(typed, []) == NamesTaken(names)


@pytest.mark.parametrize(("typed", "count"), [("5", 5), (" 12 ", 12), ("40", 40), ("٣", 3)])
def test_a_number_alone_asks_for_so_many_teams(typed: str, count: int) -> None:
    assert read_names(typed, []) == TeamsWanted(count)


@pytest.mark.parametrize("typed", ["", " \n ", "0", "\u200b"])
def test_what_could_be_no_name_makes_no_team(typed: str) -> None:
    assert read_names(typed, []) == NoName()


def test_a_name_is_taken_once_whatever_its_case_and_letter_yo() -> None:
    assert read_names("ЁЖИ", ["Ежи"]) == NameTwice("ЁЖИ")
    assert read_names("Орлы\nорлы", []) == NameTwice("орлы")
    assert read_names("Орлы", ["Орланы"]) == NamesTaken(("Орлы",))


def test_a_name_fits_a_buttons_label_or_is_refused_with_its_beginning() -> None:
    assert read_names("я" * LONGEST_NAME, []) == NamesTaken(("я" * LONGEST_NAME,))
    assert read_names("Орлы\n" + "я" * (LONGEST_NAME + 1), []) == NameTooLong("я" * LONGEST_NAME)


@given(name=st.text(min_size=1, max_size=LONGEST_NAME + 2))
def test_a_name_that_is_taken_fits_its_column_and_so_does_its_key(name: str) -> None:
    read = read_names(f"{name}\nвторая", [])
    if isinstance(read, NamesTaken):
        assert all(len(one) <= LONGEST_NAME and len(folded(one)) <= 60 for one in read.names)


def test_signs_that_grow_when_case_is_folded_do_not_make_a_key_too_long() -> None:
    assert read_names("ﬃ" * LONGEST_NAME, []) == NameTooLong("ﬃ" * LONGEST_NAME)


@pytest.mark.parametrize(
    ("typed", "existing", "count"), [("41", 0, 41), ("1", 40, 41), ("39", 2, 41), ("9" * 5_000, 0, 9_999)]
)
def test_there_are_never_more_than_forty_teams(typed: str, existing: int, count: int) -> None:
    assert read_names(typed, [f"Команда {number}" for number in range(existing)]) == TooManyTeams(count)


@given(names=st.lists(st.text(st.characters(categories=["L"]), min_size=1, max_size=8), min_size=1, max_size=45))
def test_as_many_teams_are_made_as_names_were_typed_or_none(names: list[str]) -> None:
    read = read_names("\n".join(names), [])
    if len(names) > MOST_TEAMS:
        assert read == TooManyTeams(len(names))
    else:
        assert read == NamesTaken(tuple(names)) or isinstance(read, NameTwice)
