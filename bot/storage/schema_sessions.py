"""The tables of strategic sessions: agenda, teams and members, rounds of votes, quiz, works, acts, boards.

What must never happen is forbidden here: two ballots of an account in a round (unique key), a ballot of somebody who
was not entitled or for a team that was no candidate (foreign keys), and, by the triggers of `ballot_rules.py`, a
ballot for one's own team, one out of time, and a move into a team that was voted for.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.storage import ballot_rules
from bot.storage.columns import Id, Instant, one_of
from bot.storage.schema_duties import metadata

__all__ = [
    "acts",
    "answers",
    "ballots",
    "boards",
    "candidates",
    "electors",
    "members",
    "metadata",
    "questions",
    "refusals",
    "rounds",
    "sessions",
    "stages",
    "stays",
    "steps",
    "teams",
    "works",
]

sessions = Table(
    "sessions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("messenger", String(10), nullable=False),
    Column("peer", BigInteger, nullable=False),
    Column("code", String(16), nullable=False, unique=True),
    Column("screen_token", String(64), nullable=False, unique=True),
    Column("title", String(60), nullable=False),
    Column("state", String(10), nullable=False, server_default="preparing"),
    Column("opened_at", Instant, nullable=False),
    Column("gathered_at", Instant),
    Column("finished_at", Instant),
    Column("purged_at", Instant),
    Column("invite_link", String(200)),
    Column("hidden", Boolean, nullable=False, server_default=text("true")),
    Column("tie_rule", String(10), nullable=False, server_default="shared"),
    Column("revision", Integer, nullable=False, server_default="0"),
    one_of("state", "preparing", "running", "finished", "dropped", name="state_known"),
    one_of("tie_rule", "shared", "jury", name="tie_rule_known"),
    comment="A strategic session in a conversation. code: of the link to join. hidden, tie_rule: of the next vote."
    " revision: how often a moderator changed something, so that a button pressed on an old desk does nothing.",
)
Index(
    "sessions_one_live",
    sessions.c.messenger,
    sessions.c.peer,
    unique=True,
    sqlite_where=text("state IN ('preparing', 'running')"),
    postgresql_where=text("state IN ('preparing', 'running')"),
)

stages = Table(
    "session_stages",
    metadata,
    Column("id", Id, primary_key=True),
    Column("session_id", ForeignKey(sessions.c.id), nullable=False, index=True),
    Column("position", SmallInteger, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("title", String(60), nullable=False),
    Column("task", Text, nullable=False),
    Column("minutes", SmallInteger, nullable=False),
    Column("presentation_minutes", SmallInteger, nullable=False),
    Column("vote_minutes", SmallInteger, nullable=False),
    one_of("kind", "quiz", "task", "talk", name="kind_known"),
)

teams = Table(
    "session_teams",
    metadata,
    Column("id", Id, primary_key=True),
    Column("session_id", ForeignKey(sessions.c.id), nullable=False),
    Column("number", SmallInteger, nullable=False),
    Column("name", String(30), nullable=False),
    Column("folded", String(60), nullable=False),
    UniqueConstraint("session_id", "number"),
    UniqueConstraint("session_id", "folded", name="session_teams_unique_name"),
    UniqueConstraint("session_id", "id", name="session_teams_unique_in_session"),
    CheckConstraint("number BETWEEN 1 AND 40", name="number_in_range"),
)

members = Table(
    "session_members",
    metadata,
    Column("id", Id, primary_key=True),
    Column("session_id", ForeignKey(sessions.c.id), nullable=False),
    Column("number", Integer, nullable=False),
    Column("messenger", String(10), nullable=False),
    Column("user_id", BigInteger),
    Column("pseudonym", String(64), nullable=False),
    Column("first_name", String(100)),
    Column("last_initial", String(4)),
    Column("named", Boolean, nullable=False),
    Column("role", String(10), nullable=False, server_default="member"),
    Column("team_id", BigInteger, index=True),
    Column("joined_at", Instant, nullable=False),
    ForeignKeyConstraint(
        ["session_id", "team_id"], ["session_teams.session_id", "session_teams.id"], name="session_members_team_fk"
    ),
    UniqueConstraint("session_id", "pseudonym"),
    UniqueConstraint("session_id", "number", name="session_members_unique_number"),
    Index("session_members_by_account", "messenger", "user_id"),
    one_of("role", "member", "juror", "helper", "moderator", name="role_known"),
    CheckConstraint("team_id IS NULL OR role = 'member'", name="only_members_in_teams"),
    comment="Who joined, by the consent «Вступить» to this session. named: shown by the name. user_id and names go"
    " after `session_days` or on request; the pseudonym stays, so that an account never takes part twice.",
)

stays = Table(
    "session_stays",
    metadata,
    Column("member_id", ForeignKey(members.c.id), primary_key=True),
    Column("team_id", ForeignKey(teams.c.id), primary_key=True),
    comment="Every team a member has been in since «Команды собраны»; kept by triggers.",
)

steps = Table(
    "session_steps",
    metadata,
    Column("session_id", ForeignKey(sessions.c.id), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("stage_id", ForeignKey(stages.c.id), nullable=False),
    Column("phase", String(15), nullable=False),
    Column("state", String(10), nullable=False),
    Column("presenting_id", ForeignKey(teams.c.id)),
    Column("began_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("ends_at", Instant),
    Column("left_us", BigInteger),
    Column("warned", Boolean, nullable=False),
    Column("extended", Boolean, nullable=False),
    Column("ending_early", Boolean, nullable=False),
    one_of("phase", "quiz", "work", "presentation", "vote", "talk", name="phase_known"),
    one_of("state", "running", "paused", "over", name="state_known"),
    comment="The steps of a session in their order; the last is where it stands. left_us: while it is paused.",
)

rounds = Table(
    "session_rounds",
    metadata,
    Column("id", Id, primary_key=True),
    Column("session_id", ForeignKey(sessions.c.id), nullable=False),
    Column("stage_id", ForeignKey(stages.c.id), nullable=False),
    Column("step_number", Integer, nullable=False),
    Column("number", SmallInteger, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closes_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("hidden", Boolean, nullable=False),
    Column("tie_rule", String(10), nullable=False),
    Column("log_hash", String(64)),
    UniqueConstraint("stage_id", "number"),
    Index("session_rounds_by_session", "session_id", "id"),
    comment="Votes of a stage, one after another. log_hash: over its ballots and the hash before, once it is closed.",
)
Index(
    "session_rounds_one_open",
    rounds.c.session_id,
    unique=True,
    sqlite_where=text("closed_at IS NULL"),
    postgresql_where=text("closed_at IS NULL"),
)

candidates = Table(
    "session_candidates",
    metadata,
    Column("round_id", ForeignKey(rounds.c.id), primary_key=True),
    Column("team_id", ForeignKey(teams.c.id), primary_key=True),
    Column("could_vote", Integer, nullable=False),
    Column("jury_could", Integer, nullable=False),
    comment="Teams that can be chosen in a round, and how many electors and jurors could choose each.",
)

electors = Table(
    "session_electors",
    metadata,
    Column("round_id", ForeignKey(rounds.c.id), primary_key=True),
    Column("member_id", ForeignKey(members.c.id), primary_key=True),
    Column("team_id", ForeignKey(teams.c.id)),
    Column("is_juror", Boolean, nullable=False),
    comment="Who may vote in a round, as it was when it opened.",
)

ballots = Table(
    "session_ballots",
    metadata,
    Column("id", Id, primary_key=True),
    Column("round_id", BigInteger, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("team_id", BigInteger, nullable=False),
    Column("cast_at", Instant, nullable=False),
    UniqueConstraint("round_id", "member_id"),
    ForeignKeyConstraint(
        ["round_id", "member_id"], ["session_electors.round_id", "session_electors.member_id"],
        name="session_ballots_elector_fk",
    ),
    ForeignKeyConstraint(
        ["round_id", "team_id"], ["session_candidates.round_id", "session_candidates.team_id"],
        name="session_ballots_candidate_fk",
    ),
    Index("session_ballots_by_member", "member_id", "team_id"),
    comment="The log of ballots. Nothing in it is changed or deleted.",
)  # fmt: skip

refusals = Table(
    "session_refusals",
    metadata,
    Column("round_id", ForeignKey(rounds.c.id), primary_key=True),
    Column("reason", String(20), primary_key=True),
    Column("presses", Integer, nullable=False),
    comment="How many presses on a round's buttons were refused, by reason.",
)

questions = Table(
    "session_questions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("stage_id", ForeignKey(stages.c.id), nullable=False, index=True),
    Column("position", SmallInteger, nullable=False),
    Column("text", String(300), nullable=False),
    Column("options", Text, nullable=False),
    Column("right_option", SmallInteger),
    Column("opened_at", Instant),
    Column("closed_at", Instant),
    comment="A quiz's questions. options: JSON list of texts.",
)

answers = Table(
    "session_answers",
    metadata,
    Column("question_id", ForeignKey(questions.c.id), primary_key=True),
    Column("member_id", ForeignKey(members.c.id), primary_key=True),
    Column("option", SmallInteger, nullable=False),
    Column("answered_at", Instant, nullable=False),
    comment="One answer per account and question: the first.",
)

works = Table(
    "session_works",
    metadata,
    Column("id", Id, primary_key=True),
    Column("session_id", ForeignKey(sessions.c.id), nullable=False, index=True),
    Column("stage_id", ForeignKey(stages.c.id), nullable=False),
    Column("team_id", ForeignKey(teams.c.id), nullable=False),
    Column("member_id", ForeignKey(members.c.id), nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("text", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("path", String(500)),
    Column("shown_at", Instant),
    one_of("state", "fetching", "here", "failed", name="state_known"),
    comment="What teams sent: a text, a picture, or both. path: of the picture's file. shown_at: on the screen since.",
)

acts = Table(
    "session_acts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("session_id", ForeignKey(sessions.c.id), nullable=False, index=True),
    Column("member_id", ForeignKey(members.c.id)),
    Column("at", Instant, nullable=False),
    Column("deed", String(30), nullable=False),
    Column("details", Text, nullable=False),
    comment="The protocol: what its moderators did, and what happened by itself (member_id is empty). details: JSON.",
)

boards = Table(
    "session_boards",
    metadata,
    Column("session_id", ForeignKey(sessions.c.id), primary_key=True),
    Column("key", String(60), primary_key=True),
    Column("peer", BigInteger, nullable=False),
    Column("locale", String(5), nullable=False, server_default="ru"),
    Column("digest", String(64)),
    Column("written_by", BigInteger),
    Column("cmid", BigInteger),
    Column("shown_real_at", Instant, nullable=False),
    comment="The session's messages, in the conversation and as desks of those who lead. digest: of what it shows,"
    " empty when it is to be written anew; written_by: the outbox row that wrote it last; cmid: once known.",
)

ballot_rules.attach(metadata)
