"""Practice, reminders, broadcasts."""

import sqlalchemy as sa
from alembic import op

# SQLite numbers rows by itself only in a column declared INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    _create_job_runs()
    _create_top_snapshots()
    _create_broadcasts()
    _create_conversations()
    _create_mutes()
    _create_put_offs()
    _create_reminder_calls()
    _create_reminders()
    _create_occasions()
    _create_recipients()
    _create_practice_lists()
    _create_practice_marks()
    _undone_reports_are_found_by_class()
    _who_is_left_out_is_found_at_once()
    _a_body_goes_to_a_peer_once()


def _create_job_runs() -> None:
    op.create_table(
        "job_runs",
        sa.Column("id", ID, nullable=False),
        sa.Column("job", sa.String(length=40), nullable=False),
        sa.Column("planned_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="running", nullable=False),
        sa.Column("cursor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("recipients", sa.Integer(), server_default="0", nullable=False),
        sa.Column("skipped", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unreachable", sa.Integer(), server_default="0", nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("state IN ('running', 'done', 'skipped')", name=op.f("job_runs_state_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("job_runs_pk")),
        sa.UniqueConstraint("job", "planned_at", name=op.f("job_runs_unique_job_planned_at")),
        comment="What ran by the clock, once per job and planned instant; cursor: the person up to whom it has come.",
    )
    with op.batch_alter_table("job_runs", schema=None) as batch_op:
        batch_op.create_index(
            "job_runs_running",
            ["id"],
            unique=False,
            sqlite_where=sa.text("state = 'running'"),
            postgresql_where=sa.text("state = 'running'"),
        )


def _create_top_snapshots() -> None:
    op.create_table(
        "top_snapshots",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("top_snapshots_pk")),
        comment="Top-20 as it stood in the morning; lines: JSON.",
    )


def _create_broadcasts() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", ID, nullable=False),
        sa.Column("author_id", ID, nullable=False),
        sa.Column("state", sa.String(length=10), server_default="draft", nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("again_of", ID, nullable=True),
        sa.Column("body_id", ID, nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.Column("touched_real_at", sa.BigInteger(), nullable=False),
        sa.Column("cursor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("waiting", sa.Integer(), server_default="0", nullable=False),
        sa.Column("offered", sa.Integer(), server_default="0", nullable=False),
        sa.Column("delivered", sa.Integer(), server_default="0", nullable=False),
        sa.Column("refused", sa.Integer(), server_default="0", nullable=False),
        sa.Column("muted", sa.Integer(), server_default="0", nullable=False),
        sa.Column("uncertain", sa.Integer(), server_default="0", nullable=False),
        sa.Column("cancelled", sa.Integer(), server_default="0", nullable=False),
        sa.Column("messenger", sa.String(length=10), nullable=True),
        sa.Column("peer", sa.BigInteger(), nullable=True),
        sa.Column("cmid", sa.BigInteger(), nullable=True),
        sa.Column("shown_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'listing', 'sending', 'paused', 'finished', 'cancelled')",
            name=op.f("broadcasts_state_known"),
        ),
        sa.ForeignKeyConstraint(["again_of"], ["broadcasts.id"], name=op.f("broadcasts_again_of_fk")),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("broadcasts_author_id_fk")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("broadcasts_body_id_fk")),
        sa.PrimaryKeyConstraint("id", name=op.f("broadcasts_pk")),
        comment="One text for many. audience: JSON. cursor: the person up to whom recipients are listed. waiting ... cancelled: recipients in each state, kept. body_id: until all is final. messenger, peer, cmid: the author's message that shows the progress; shown_by: the outbox row that wrote it last. touched_real_at: when it last went on, real time.",
    )
    with op.batch_alter_table("broadcasts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("broadcasts_by_author_id"), ["author_id"], unique=False)


def _create_conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("messenger", sa.String(length=10), nullable=False),
        sa.Column("peer", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("gets_top_since", sa.BigInteger(), nullable=True),
        sa.Column("chosen_by", ID, nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["chosen_by"], ["people.id"], name=op.f("conversations_chosen_by_fk")),
        sa.PrimaryKeyConstraint("messenger", "peer", name=op.f("conversations_pk")),
        comment="Group conversations with the bot. gets_top_since: daily top list wanted. closed_at: takes no messages.",
    )


def _create_mutes() -> None:
    op.create_table(
        "mutes",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("news", sa.String(length=30), nullable=False),
        sa.Column("muted_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("mutes_person_id_fk")),
        sa.PrimaryKeyConstraint("person_id", "news", name=op.f("mutes_pk")),
        comment="Kinds of news that a person does not want. Duties of a role cannot be muted.",
    )


def _create_put_offs() -> None:
    op.create_table(
        "put_offs",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("duty", sa.String(length=30), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("put_offs_person_id_fk")),
        sa.PrimaryKeyConstraint("person_id", "duty", "subject", name=op.f("put_offs_pk")),
        comment="«Завтра», «Через 3 дня»: nothing is said of this debt before that local day.",
    )


def _create_reminder_calls() -> None:
    op.create_table(
        "reminder_calls",
        sa.Column("id", ID, nullable=False),
        sa.Column("called_by", ID, nullable=False),
        sa.Column("duty", sa.String(length=30), nullable=False),
        sa.Column("scope_kind", sa.String(length=20), nullable=False),
        sa.Column("scope_id", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="running", nullable=False),
        sa.Column("cursor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("reminded", sa.Integer(), server_default="0", nullable=False),
        sa.Column("goes_at", sa.BigInteger(), nullable=False),
        sa.Column("gets", sa.Integer(), nullable=False),
        sa.Column("had_one", sa.Integer(), nullable=False),
        sa.Column("unreachable", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('running', 'done')", name=op.f("reminder_calls_state_known")),
        sa.ForeignKeyConstraint(["called_by"], ["people.id"], name=op.f("reminder_calls_called_by_fk")),
        sa.PrimaryKeyConstraint("id", name=op.f("reminder_calls_pk")),
        sa.UniqueConstraint(
            "called_by",
            "duty",
            "scope_kind",
            "scope_id",
            "day",
            name=op.f("reminder_calls_unique_called_by_duty_scope_kind_scope_id_day"),
        ),
        comment="«Напомнить всем», once per working day; day: the local day on which it goes. gets, had_one, unreachable:"
        " how many teachers, as the coordinator was told; reminded: how many got it.",
    )
    with op.batch_alter_table("reminder_calls", schema=None) as batch_op:
        batch_op.create_index(
            "reminder_calls_running",
            ["id"],
            unique=False,
            sqlite_where=sa.text("state = 'running'"),
            postgresql_where=sa.text("state = 'running'"),
        )


def _create_reminders() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.Column("outbox_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("reminders_person_id_fk")),
        sa.PrimaryKeyConstraint("id", name=op.f("reminders_pk")),
        sa.UniqueConstraint("person_id", "day", name=op.f("reminders_unique_person_id_day")),
        comment="The automatic message of a person's day, at most one. sent_at: campaign time.",
    )
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.create_index("reminders_by_day", ["day"], unique=False)


def _create_occasions() -> None:
    op.create_table(
        "occasions",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("duty", sa.String(length=30), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reminder_id", ID, nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.CheckConstraint("(state = 'sent') = (reminder_id IS NOT NULL)", name=op.f("occasions_sent_by_a_reminder")),
        sa.CheckConstraint("state IN ('sent', 'skipped')", name=op.f("occasions_state_known")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("occasions_person_id_fk")),
        sa.ForeignKeyConstraint(["reminder_id"], ["reminders.id"], name=op.f("occasions_reminder_id_fk")),
        sa.PrimaryKeyConstraint("id", name=op.f("occasions_pk")),
        sa.UniqueConstraint(
            "person_id",
            "duty",
            "subject",
            "planned_on",
            name=op.f("occasions_unique_person_id_duty_subject_planned_on"),
        ),
        comment="One reminder of one duty: who was told what, planned for which local day; or why it needed no telling.",
    )
    with op.batch_alter_table("occasions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("occasions_by_reminder_id"), ["reminder_id"], unique=False)


def _create_recipients() -> None:
    op.create_table(
        "recipients",
        sa.Column("broadcast_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("messenger", sa.String(length=10), nullable=False),
        sa.Column("peer", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'offered', 'delivered', 'refused', 'muted', 'uncertain', 'cancelled')",
            name=op.f("recipients_state_known"),
        ),
        sa.ForeignKeyConstraint(["broadcast_id"], ["broadcasts.id"], name=op.f("recipients_broadcast_id_fk")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("recipients_person_id_fk")),
        sa.PrimaryKeyConstraint("broadcast_id", "person_id", name=op.f("recipients_pk")),
        comment="The ledger of a broadcast: each recipient in exactly one state; offered: the outbox has it. peer: 0 once it is final.",
    )
    with op.batch_alter_table("recipients", schema=None) as batch_op:
        batch_op.create_index("recipients_by_person", ["person_id"], unique=False)
        batch_op.create_index("recipients_by_state", ["broadcast_id", "state", "person_id"], unique=False)


def _create_practice_lists() -> None:
    op.create_table(
        "practice_lists",
        sa.Column("report_id", ID, nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("practice_lists_report_id_fk")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("practice_lists_pk")),
        comment="The practical task of a reported lesson is marked for everybody; without a row the marks are a draft.",
    )


def _create_practice_marks() -> None:
    op.create_table(
        "practice_marks",
        sa.Column("report_id", ID, nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("marked_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("place > 0", name=op.f("practice_marks_place_positive")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("practice_marks_report_id_fk")),
        sa.PrimaryKeyConstraint("report_id", "place", name=op.f("practice_marks_pk")),
        comment="The practical task by № of the class, of a lesson that was reported; an undone report takes them along.",
    )


def _undone_reports_are_found_by_class() -> None:
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.create_index(
            "reports_undone",
            ["class_id", "stage", "undone_at"],
            unique=False,
            sqlite_where=sa.text("undone_at IS NOT NULL"),
            postgresql_where=sa.text("undone_at IS NOT NULL"),
        )


def _who_is_left_out_is_found_at_once() -> None:
    for table, index, column, condition in (
        ("people", "people_erased", "id", "erased_at IS NOT NULL"),
        ("accounts", "accounts_unreachable", "person_id", "unreachable_since IS NOT NULL"),
    ):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.create_index(
                index,
                [column],
                unique=False,
                sqlite_where=sa.text(condition),
                postgresql_where=sa.text(condition),
            )


def _a_body_goes_to_a_peer_once() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("outbox_by_body_id"))
        batch_op.create_index("outbox_once_per_peer", ["body_id", "messenger", "peer"], unique=True)
