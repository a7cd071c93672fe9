"""The pipeline."""

import sqlalchemy as sa
from alembic import op

# SQLite numbers rows by itself only in a column declared INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _create_attachments()
    _create_bodies()
    _create_campaign_clock()
    _create_cursors()
    _create_dialogues()
    _create_inbox()
    _create_secrets()
    _create_outbox()


def _create_attachments() -> None:
    op.create_table(
        "attachments",
        sa.Column("recipe_hash", sa.String(length=64), nullable=False),
        sa.Column("peer", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("attachment", sa.Text(), nullable=False),
        sa.Column("uploaded_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("recipe_hash", "peer", name="attachments_pk"),
        comment="Files that the messenger already has, by recipe; peer is 0 for files that everybody may get.",
    )


def _create_bodies() -> None:
    op.create_table(
        "bodies",
        sa.Column("id", ID, nullable=False),
        sa.Column("random_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("keyboard", sa.Text(), nullable=True),
        sa.Column("recipe", sa.Text(), nullable=True),
        sa.Column("attachment", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("erased_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("random_id <> 0", name=op.f("bodies_random_id_not_zero")),
        sa.PrimaryKeyConstraint("id", name="bodies_pk"),
        comment="What is said, once for all who get it. keyboard, recipe: JSON. All times real.",
    )
    op.create_index(
        "bodies_not_erased",
        "bodies",
        ["created_at"],
        unique=False,
        sqlite_where=sa.text("erased_at IS NULL"),
        postgresql_where=sa.text("erased_at IS NULL"),
    )


def _create_campaign_clock() -> None:
    op.create_table(
        "campaign_clock",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("campaign_at", sa.BigInteger(), nullable=False),
        sa.Column("real_at", sa.BigInteger(), nullable=False),
        sa.Column("speed", sa.String(length=20), server_default="1", nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("campaign_clock_single_row")),
        sa.PrimaryKeyConstraint("id", name="campaign_clock_pk"),
        comment="A rehearsal's clock: campaign time was campaign_at at the real time real_at. Empty: no rehearsal.",
    )


def _create_cursors() -> None:
    op.create_table(
        "cursors",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="cursors_pk"),
        comment="How far a loop has read: the Long Poll's ts, a job's place.",
    )


def _create_dialogues() -> None:
    op.create_table(
        "dialogues",
        sa.Column("id", ID, nullable=False),
        sa.Column("messenger", sa.String(length=10), nullable=False),
        sa.Column("peer", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("errand", sa.Text(), nullable=True),
        sa.Column("errand_at", sa.BigInteger(), nullable=True),
        sa.Column("last_ref", sa.String(length=64), nullable=True),
        sa.Column("locale", sa.String(length=2), server_default="ru", nullable=False),
        sa.Column("hinted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("touched_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="dialogues_pk"),
        sa.UniqueConstraint("messenger", "peer", "user_id", name="dialogues_unique_messenger_peer_user_id"),
        comment="(messenger, peer, person): the open question, the errand of a deep link. touched_at is real time.",
    )


def _create_inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("messenger", sa.String(length=10), nullable=False),
        sa.Column("event_id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("peer", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("cmid", sa.BigInteger(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("happened_at", sa.BigInteger(), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.Column("arrived_real_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("retry_at", sa.BigInteger(), nullable=True),
        sa.Column("handled_at", sa.BigInteger(), nullable=True),
        sa.Column("set_aside_at", sa.BigInteger(), nullable=True),
        sa.Column("trace", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="inbox_pk"),
        sa.UniqueConstraint("messenger", "event_id", name="inbox_unique_messenger_event_id"),
        comment="What came in. happened_at, arrived_at: campaign time; *_real_at, retry_at, handled_at: real time.",
    )
    op.create_index("inbox_handled", "inbox", ["handled_at"], unique=False)
    op.create_index(
        "inbox_one_per_message",
        "inbox",
        ["messenger", "peer", "cmid"],
        unique=True,
        sqlite_where=sa.text("kind = 'message' AND cmid IS NOT NULL"),
        postgresql_where=sa.text("kind = 'message' AND cmid IS NOT NULL"),
    )
    op.create_index(
        "inbox_unhandled",
        "inbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("handled_at IS NULL"),
        postgresql_where=sa.text("handled_at IS NULL"),
    )


def _create_secrets() -> None:
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("name", name="secrets_pk"),
        comment="The key of the pseudonyms; erased by the retention job, after which nobody can be found again.",
    )


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("body_id", ID, nullable=False),
        sa.Column("messenger", sa.String(length=10), nullable=False),
        sa.Column("peer", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("lane", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("first_offered_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("cmid", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("target_id", sa.BigInteger(), nullable=True),
        sa.Column("target_cmid", sa.BigInteger(), nullable=True),
        sa.Column("ticket", sa.String(length=80), nullable=True),
        sa.CheckConstraint("kind IN ('message', 'edit', 'pop_up', 'fetch')", name=op.f("outbox_kind_known")),
        sa.CheckConstraint(
            "state IN ('queued', 'offered', 'sent', 'refused', 'expired', 'uncertain')", name=op.f("outbox_state_known")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name="outbox_body_id_fk"),
        sa.PrimaryKeyConstraint("id", name="outbox_pk"),
        comment="Deliveries of bodies. All times real. ticket: of the press that a pop-up answers.",
    )
    op.create_index("outbox_by_body_id", "outbox", ["body_id"], unique=False)
    op.create_index(
        "outbox_open",
        "outbox",
        ["lane", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('queued', 'offered')"),
        postgresql_where=sa.text("state IN ('queued', 'offered')"),
    )
