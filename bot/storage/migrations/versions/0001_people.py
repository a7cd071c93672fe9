"""People."""

import sqlalchemy as sa
from alembic import op

# SQLite numbers rows by itself only in a column declared INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0001"
down_revision = None


def upgrade() -> None:
    _create_people()
    _create_accounts()
    _create_consents()
    _create_decisions()


def _create_people() -> None:
    op.create_table(
        "people",
        sa.Column("id", ID, nullable=False),
        sa.Column("first_name", sa.String(length=100), nullable=True),
        sa.Column("last_initial", sa.String(length=4), nullable=True),
        sa.Column("is_adult", sa.Boolean(), nullable=True),
        sa.Column("shown_as", sa.String(length=10), server_default="name", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("erased_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("shown_as IN ('name', 'masked')", name=op.f("people_shown_as_known")),
        sa.PrimaryKeyConstraint("id", name="people_pk"),
        comment="One human being; keeps its row without a name after erasure, so that votes keep counting.",
    )


def _create_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("messenger", sa.String(length=10), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("pseudonym", sa.String(length=64), nullable=False),
        sa.Column("unreachable_since", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="accounts_person_id_fk"),
        sa.PrimaryKeyConstraint("id", name="accounts_pk"),
        sa.UniqueConstraint("messenger", "user_id", name="accounts_unique_messenger_user_id"),
        sa.UniqueConstraint("pseudonym", name="accounts_unique_pseudonym"),
        comment="A messenger's account. The link (user_id) is erased on request, the keyed hash stays.",
    )
    op.create_index("accounts_by_person_id", "accounts", ["person_id"], unique=False)


def _create_consents() -> None:
    op.create_table(
        "consents",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("kind IN ('participation', 'publication')", name=op.f("consents_kind_known")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="consents_person_id_fk"),
        sa.PrimaryKeyConstraint("id", name="consents_pk"),
    )
    op.create_index(
        "consents_one_standing",
        "consents",
        ["person_id", "kind"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def _create_decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", ID, nullable=True),
        sa.Column("deed", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("details", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name="decisions_decided_by_fk"),
        sa.PrimaryKeyConstraint("id", name="decisions_pk"),
        comment="The journal: who decided what about whom, and why. decided_by is empty for the command line.",
    )
    op.create_index("decisions_by_subject", "decisions", ["subject", "subject_id"], unique=False)
