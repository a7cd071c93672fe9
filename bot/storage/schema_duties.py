"""The tables of what happens by the clock: practice, reminders, broadcasts, the daily top list.

What is owed stands nowhere: it is computed from the other tables. Kept is only what was said about it to whom, so that
nobody is told twice.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.storage.columns import Id, Instant, metadata, one_of
from bot.storage.schema import bodies, people, reports

__all__ = [
    "broadcasts",
    "conversations",
    "job_runs",
    "metadata",
    "mutes",
    "occasions",
    "practice_lists",
    "practice_marks",
    "put_offs",
    "recipients",
    "reminder_calls",
    "reminders",
    "top_snapshots",
]

practice_lists = Table(
    "practice_lists",
    metadata,
    Column("report_id", ForeignKey(reports.c.id), primary_key=True),
    Column("saved_at", Instant, nullable=False),
    comment="The practical task of a reported lesson is marked for everybody; without a row the marks are a draft.",
)

practice_marks = Table(
    "practice_marks",
    metadata,
    Column("report_id", ForeignKey(reports.c.id), primary_key=True),
    Column("place", SmallInteger, primary_key=True),
    Column("done", Boolean, nullable=False),
    Column("marked_at", Instant, nullable=False),
    CheckConstraint("place > 0", name="place_positive"),
    comment="The practical task by № of the class, of a lesson that was reported; an undone report takes them along.",
)

# --- the schedule and reminders ---------------------------------------------------------------------------------------

job_runs = Table(
    "job_runs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("job", String(40), nullable=False),
    Column("planned_at", Instant, nullable=False),
    Column("state", String(10), nullable=False, server_default="running"),
    Column("cursor", BigInteger, nullable=False, server_default="0"),
    Column("recipients", Integer, nullable=False, server_default="0"),
    Column("skipped", Integer, nullable=False, server_default="0"),
    Column("unreachable", Integer, nullable=False, server_default="0"),
    Column("started_at", Instant, nullable=False),
    Column("finished_at", Instant),
    UniqueConstraint("job", "planned_at"),
    one_of("state", "running", "done", "skipped", name="state_known"),
    comment="What ran by the clock, once per job and planned instant; cursor: the person up to whom it has come.",
)
Index(
    "job_runs_running",
    job_runs.c.id,
    sqlite_where=text("state = 'running'"),
    postgresql_where=text("state = 'running'"),
)

reminders = Table(
    "reminders",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", ForeignKey(people.c.id), nullable=False),
    Column("day", Date, nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("outbox_id", BigInteger),
    UniqueConstraint("person_id", "day"),
    Index("reminders_by_day", "day"),
    comment="The automatic message of a person's day, at most one. sent_at: campaign time.",
)

occasions = Table(
    "occasions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", ForeignKey(people.c.id), nullable=False),
    Column("duty", String(30), nullable=False),
    Column("subject", String(60), nullable=False),
    Column("planned_on", Date, nullable=False),
    Column("state", String(10), nullable=False),
    Column("reminder_id", ForeignKey("reminders.id"), index=True),
    Column("deadline", Date),
    UniqueConstraint("person_id", "duty", "subject", "planned_on"),
    one_of("state", "sent", "skipped", name="state_known"),
    CheckConstraint("(state = 'sent') = (reminder_id IS NOT NULL)", name="sent_by_a_reminder"),
    comment="One reminder of one duty: who was told what, planned for which local day; or why it needed no telling.",
)

put_offs = Table(
    "put_offs",
    metadata,
    Column("person_id", ForeignKey(people.c.id), primary_key=True),
    Column("duty", String(30), primary_key=True),
    Column("subject", String(60), primary_key=True),
    Column("until", Date, nullable=False),
    comment="«Завтра», «Через 3 дня»: nothing is said of this debt before that local day.",
)

mutes = Table(
    "mutes",
    metadata,
    Column("person_id", ForeignKey(people.c.id), primary_key=True),
    Column("news", String(30), primary_key=True),
    Column("muted_at", Instant, nullable=False),
    comment="Kinds of news that a person does not want. Duties of a role cannot be muted.",
)

reminder_calls = Table(
    "reminder_calls",
    metadata,
    Column("id", Id, primary_key=True),
    Column("called_by", ForeignKey(people.c.id), nullable=False),
    Column("duty", String(30), nullable=False),
    Column("scope_kind", String(20), nullable=False),
    Column("scope_id", BigInteger, nullable=False, server_default="0"),
    Column("day", Date, nullable=False),
    Column("state", String(10), nullable=False, server_default="running"),
    Column("cursor", BigInteger, nullable=False, server_default="0"),
    Column("reminded", Integer, nullable=False, server_default="0"),
    Column("goes_at", Instant, nullable=False),
    Column("gets", Integer, nullable=False),
    Column("had_one", Integer, nullable=False),
    Column("unreachable", Integer, nullable=False),
    UniqueConstraint("called_by", "duty", "scope_kind", "scope_id", "day"),
    one_of("state", "running", "done", name="state_known"),
    comment="«Напомнить всем», once per working day; day: the local day on which it goes. gets, had_one, unreachable:"
    " how many teachers, as the coordinator was told; reminded: how many got it.",
)
Index(
    "reminder_calls_running",
    reminder_calls.c.id,
    sqlite_where=text("state = 'running'"),
    postgresql_where=text("state = 'running'"),
)

# --- broadcasts -------------------------------------------------------------------------------------------------------

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("author_id", ForeignKey(people.c.id), nullable=False, index=True),
    Column("state", String(10), nullable=False, server_default="draft"),
    Column("audience", Text, nullable=False),
    Column("text", Text),
    Column("again_of", ForeignKey("broadcasts.id")),
    Column("body_id", ForeignKey(bodies.c.id)),
    Column("created_at", Instant, nullable=False),
    Column("confirmed_at", Instant),
    Column("finished_at", Instant),
    Column("touched_real_at", Instant, nullable=False),
    Column("cursor", BigInteger, nullable=False, server_default="0"),
    *(
        Column(state, Integer, nullable=False, server_default="0")
        for state in ("waiting", "offered", "delivered", "refused", "muted", "uncertain", "cancelled")
    ),
    Column("messenger", String(10)),
    Column("peer", BigInteger),
    Column("cmid", BigInteger),
    Column("shown_by", BigInteger),
    one_of("state", "draft", "listing", "sending", "paused", "finished", "cancelled", name="state_known"),
    comment="One text for many. audience: JSON. cursor: the person up to whom recipients are listed. waiting ..."
    " cancelled: recipients in each state, kept. body_id: until all is final. messenger, peer, cmid: the author's"
    " message that shows the progress; shown_by: the outbox row that wrote it last. touched_real_at: when it last went"
    " on, real time.",
)

recipients = Table(
    "recipients",
    metadata,
    Column("broadcast_id", ForeignKey("broadcasts.id"), primary_key=True),
    Column("person_id", ForeignKey(people.c.id), primary_key=True),
    Column("messenger", String(10), nullable=False),
    Column("peer", BigInteger, nullable=False),
    Column("state", String(10), nullable=False),
    Column("reason", String(200)),
    Index("recipients_by_state", "broadcast_id", "state", "person_id"),
    Index("recipients_by_person", "person_id"),
    one_of(
        "state", "waiting", "offered", "delivered", "refused", "muted", "uncertain", "cancelled", name="state_known"
    ),
    comment="The ledger of a broadcast: each recipient in exactly one state; offered: the outbox has it. peer: 0 once"
    " it is final.",
)

# --- the daily top list -----------------------------------------------------------------------------------------------

top_snapshots = Table(
    "top_snapshots",
    metadata,
    Column("day", Date, primary_key=True),
    Column("taken_at", Instant, nullable=False),
    Column("lines", Text, nullable=False),
    comment="Top-20 as it stood in the morning; lines: JSON.",
)

conversations = Table(
    "conversations",
    metadata,
    Column("messenger", String(10), primary_key=True),
    Column("peer", BigInteger, primary_key=True, autoincrement=False),
    Column("gets_top_since", Instant),
    Column("chosen_by", ForeignKey(people.c.id)),
    Column("closed_at", Instant),
    Column("reason", String(200)),
    Column("title", String(250)),
    comment="Group conversations with the bot. gets_top_since: daily top list wanted. closed_at: takes no messages.",
)
