"""Promises about the campaign: each act counted once, nobody decided what they may not, and the sums are right."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import text

from bot.domain.participant_ids import ParticipantNumber
from bot.domain.receipts import Receipt, shown_receipt
from bot.domain.vote_log import ChainWhole
from bot.storage import ranking, vote_log
from tests.faults.randomly.after import After, Rows
from tests.faults.randomly.deliveries import Finding

RECEIPT = re.compile(r"^(?:Квитанция|Receipt): (\S+)$", re.MULTILINE)
STAGES = ["documents", "ready", "held"]
QUIET = ("Traceback", "handler failed", "apology failed", "event set aside", "never retrieved", "PytestUnraisable")


# --- votes


def everybody_voted_at_most_once_and_for_a_participant(after: After) -> Iterator[Finding]:
    claimed = {row.number: row.person_id for row in after.table("claims") if row.released_at is None}
    votes = after.table("votes")
    for column in ("person_id", "voter", "receipt"):
        for value, times in Counter(getattr(row, column) for row in votes).items():
            if times > 1:
                yield f"{times} votes with {column} {value}"
    for row in votes:
        if row.number not in claimed:
            yield f"vote {row.id} is for {row.number}, which nobody took"


def every_vote_has_its_receipt_with_its_voter_and_nobody_else(after: After) -> Iterator[Finding]:
    told: dict[str, set[int]] = defaultdict(set)
    stored: dict[str, set[int]] = defaultdict(set)
    for row in after.deliveries:
        for code in RECEIPT.findall(row.text or ""):
            stored[code].add(row.peer)
            if row.state == "sent":
                told[code].add(row.peer)
    voters = {shown_receipt(Receipt(row.receipt)): row.person_id for row in after.table("votes")}
    accounts = {person: user for user, person in after.person_of.items()}
    for code, person in voters.items():
        peers = told[code]
        excused = stored[code] & after.witness.refusing
        if len(stored[code]) != 1 or (not peers and not excused):
            yield f"the receipt {code} was told to {peers}, meant for {stored[code]}"
        elif person in accounts and stored[code] != {accounts[person]}:
            yield f"the receipt {code} of {accounts[person]} went to {stored[code]}"
    yield from (f"a receipt without a vote: {code} to {peers}" for code, peers in stored.items() if code not in voters)


def whoever_got_a_receipt_got_always_the_same(after: After) -> Iterator[Finding]:
    codes: dict[int, set[str]] = defaultdict(set)
    for row in after.deliveries:
        codes[row.peer].update(RECEIPT.findall(row.text or ""))
    yield from (f"{peer} has several receipts: {found}" for peer, found in codes.items() if len(found) > 1)


def the_log_of_votes_is_whole_and_tells_the_same_counts(after: After) -> Iterator[Finding]:
    outcome = vote_log.check(after.conn)
    if not isinstance(outcome, ChainWhole):
        yield f"the log of votes is broken: {outcome}"
    elif outcome.rows != len(after.table("votes")):
        yield f"{outcome.rows} rows in the log, {len(after.table('votes'))} votes"
    yield from (f"counted again: {difference}" for difference in vote_log.differences(after.conn))
    tallies = Counter(row.votes for row in after.table("tallies") if row.votes)
    histogram = {row.votes: row.participants for row in after.table("histogram") if row.participants}
    if tallies != histogram:
        yield f"the histogram says {histogram}, the tallies {dict(tallies)}"


def every_place_is_the_one_that_sorting_gives(after: After) -> Iterator[Finding]:
    latest: dict[str, datetime] = {}
    counted: Counter[str] = Counter()
    for vote in after.table("votes"):
        if vote.counted:
            counted[vote.number] += 1
            latest[vote.number] = max(vote.cast_at, latest.get(vote.number, vote.cast_at))
    order = sorted(counted, key=lambda number: (-counted[number], latest[number], number))
    for place, number in enumerate(order, start=1):
        found = ranking.place(after.conn, ParticipantNumber(number))
        if found is None or found.place != place or found.standing.tally.votes != counted[number]:
            yield f"{number} is in place {place} with {counted[number]} votes, told is {found}"
    top = [line.standing.number for line in ranking.top(after.conn, 20)]
    if top != order[:20]:
        yield f"the top list is {top}, should be {order[:20]}"


# --- claims, classes, reports, roles


def every_number_has_one_pupil_and_every_pupil_one_number(after: After) -> Iterator[Finding]:
    standing = [row for row in after.table("claims") if row.released_at is None]
    for column in ("number", "person_id"):
        for value, times in Counter(getattr(row, column) for row in standing).items():
            if times > 1:
                yield f"{times} claims with {column} {value}"
    own = {row.person_id: row.number for row in standing}
    teaching = {row.person_id for row in after.table("class_teachers") if row.until is None}
    teaching |= {row.person_id for row in after.table("applications") if row.state == "waiting"}
    yield from (f"person {person} learns and teaches" for person in teaching & own.keys())
    for row in after.table("votes"):
        if own.get(row.person_id) == row.number:
            yield f"person {row.person_id} voted for the own number"


def every_class_has_a_number_for_each_pupil(after: After) -> Iterator[Finding]:
    issued: dict[int, list[int]] = defaultdict(list)
    for row in after.table("participant_ids"):
        if row.revoked_at is None:
            issued[row.class_id].append(row.place)
    for row in after.table("classes"):
        if sorted(issued[row.id]) != list(range(1, row.pupils + 1)):
            yield f"class {row.id} has {row.pupils} pupils and the numbers of {sorted(issued[row.id])}"


def reports_stand_in_their_order(after: After) -> Iterator[Finding]:
    standing: dict[int, Rows] = defaultdict(list)
    for row in after.table("reports"):
        if row.undone_at is None:
            standing[row.class_id].append(row)
    for class_id, rows in standing.items():
        made = sorted(rows, key=lambda row: STAGES.index(row.stage))
        times = [row.reported_at for row in made]
        if [row.stage for row in made] != STAGES[: len(made)] or times != sorted(times):
            yield f"class {class_id} has the reports {[(row.stage, row.reported_at) for row in made]}"


def roles_come_from_invitations_that_were_used_once(after: After) -> Iterator[Finding]:
    used = Counter((row.used_by, row.role, row.scope_kind, row.scope_id) for row in after.table("invitations"))
    for row in after.table("roles"):
        if not used[row.person_id, row.role, row.scope_kind, row.scope_id]:
            yield f"person {row.person_id} is {row.role} of {row.scope_kind} {row.scope_id} without an invitation"
    for row in after.table("invitations"):
        if row.used_by is not None and row.used_by == row.invited_by:
            yield f"person {row.used_by} took the own invitation {row.id}"


def classes_come_from_a_coordinator_or_an_invited_teacher(after: After) -> Iterator[Finding]:
    decisions = {row.id: row for row in after.table("decisions")}
    schools = {row.id: row for row in after.table("schools")}
    classes = {row.id: row for row in after.table("classes")}
    invited = {
        (row.used_by, row.scope_id) for row in after.table("invitations") if row.role == "teacher" and row.used_by
    }
    for row in after.table("class_teachers"):
        school = schools[classes[row.class_id].school_id]
        decision = decisions.get(row.decision_id)
        if row.class_id == after.prepared.first_class:
            continue
        if decision is None:
            right = (row.person_id, school.id) in invited
        else:
            scopes = {("region", 0), ("municipality", school.municipality_id), ("school", school.id)}
            right = decision.decided_by != row.person_id and bool(scopes & _coordinated(after, decision.decided_by))
        if not right:
            yield f"class {row.class_id} belongs to person {row.person_id}: {decision}"


def _coordinated(after: After, person: int) -> set[tuple[str, int]]:
    return {
        (row.scope_kind, row.scope_id)
        for row in after.table("roles")
        if row.person_id == person and row.role == "coordinator"
    }


# --- people, the database, the log


def of_the_erased_nothing_is_left(after: After) -> Iterator[Finding]:
    erased = {row.id for row in after.table("people") if row.erased_at is not None}
    for row in after.table("people"):
        if row.id in erased and (row.first_name or row.last_initial):
            yield f"person {row.id} is erased and has a name"
    for row in after.table("accounts"):
        if row.person_id in erased and row.user_id is not None:
            yield f"person {row.person_id} is erased and has an account"
    for row in after.table("consents"):
        if row.person_id in erased and row.withdrawn_at is None:
            yield f"person {row.person_id} is erased and has a consent"


def the_database_is_sound(after: After) -> Iterator[Finding]:
    if after.conn.dialect.name != "sqlite":
        return
    told = [row[0] for row in after.conn.execute(text("PRAGMA integrity_check"))]
    if told != ["ok"]:
        yield f"PRAGMA integrity_check: {told}"
    yield from (f"PRAGMA foreign_key_check: {row}" for row in after.conn.execute(text("PRAGMA foreign_key_check")))


def the_log_is_quiet_and_names_nobody(after: After) -> Iterator[Finding]:
    for line in after.log.splitlines():
        if any(word in line for word in QUIET):
            yield f"in the log: {line}"
        # Everything that people write, and their names, is Cyrillic; what the bot logs is not.
        if re.search("[А-Яа-яЁё]", line) or after.emulator.token in line or re.search(r"\b\d{12}\b", line):
            yield f"the log tells too much: {line}"


PROMISES = (
    everybody_voted_at_most_once_and_for_a_participant,
    every_vote_has_its_receipt_with_its_voter_and_nobody_else,
    whoever_got_a_receipt_got_always_the_same,
    the_log_of_votes_is_whole_and_tells_the_same_counts,
    every_place_is_the_one_that_sorting_gives,
    every_number_has_one_pupil_and_every_pupil_one_number,
    every_class_has_a_number_for_each_pupil,
    reports_stand_in_their_order,
    roles_come_from_invitations_that_were_used_once,
    classes_come_from_a_coordinator_or_an_invited_teacher,
    of_the_erased_nothing_is_left,
    the_database_is_sound,
    the_log_is_quiet_and_names_nobody,
)
