"""Participant IDs, claims, reports."""

import sqlalchemy as sa
from alembic import op

# SQLite numbers rows by itself only in a column declared INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _create_failed_claims()
    _create_participant_ids()
    _create_reports()
    _create_claims()


def _create_failed_claims() -> None:
    op.create_table(
        "failed_claims",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="failed_claims_person_id_fk"),
        sa.PrimaryKeyConstraint("id", name="failed_claims_pk"),
        comment="Unknown, taken or revoked IDs that a person tried: five in 15 minutes lock claiming.",
    )
    op.create_index("failed_claims_by_person_at", "failed_claims", ["person_id", "at"], unique=False)


def _create_participant_ids() -> None:
    op.create_table(
        "participant_ids",
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("class_id", ID, nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("parent_consent_at", sa.BigInteger(), nullable=True),
        sa.Column("parent_consent_by", ID, nullable=True),
        sa.CheckConstraint("place > 0", name=op.f("participant_ids_place_positive")),
        sa.ForeignKeyConstraint(["class_id"], ["classes.id"], name="participant_ids_class_id_fk"),
        sa.ForeignKeyConstraint(["parent_consent_by"], ["people.id"], name="participant_ids_parent_consent_by_fk"),
        sa.PrimaryKeyConstraint("number", name="participant_ids_pk"),
        comment="An issued ID and its № (place) in the class list; who took it is in claims. Never deleted or reused.",
    )
    op.create_index(
        "participant_ids_one_per_place",
        "participant_ids",
        ["class_id", "place"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )


def _create_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", ID, nullable=False),
        sa.Column("class_id", ID, nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("reported_by", ID, nullable=False),
        sa.Column("reported_at", sa.BigInteger(), nullable=False),
        sa.Column("late", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("lesson_on", sa.Date(), nullable=True),
        sa.Column("attended", sa.SmallInteger(), nullable=True),
        sa.Column("practice", sa.String(length=10), nullable=True),
        sa.Column("approval", sa.String(length=10), server_default="not_needed", nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("undone_by", ID, nullable=True),
        sa.Column("decision_id", ID, nullable=True),
        sa.CheckConstraint(
            "approval IN ('not_needed', 'waiting', 'given', 'refused')", name=op.f("reports_approval_known")
        ),
        sa.CheckConstraint("practice IN ('in_class', 'homework')", name=op.f("reports_practice_known")),
        sa.CheckConstraint(
            "stage <> 'held' OR (lesson_on IS NOT NULL AND attended IS NOT NULL AND practice IS NOT NULL)",
            name=op.f("reports_held_has_its_lesson"),
        ),
        sa.CheckConstraint("stage IN ('documents', 'ready', 'held')", name=op.f("reports_stage_known")),
        sa.ForeignKeyConstraint(["class_id"], ["classes.id"], name="reports_class_id_fk"),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name="reports_decision_id_fk"),
        sa.ForeignKeyConstraint(["reported_by"], ["people.id"], name="reports_reported_by_fk"),
        sa.ForeignKeyConstraint(["undone_by"], ["people.id"], name="reports_undone_by_fk"),
        sa.PrimaryKeyConstraint("id", name="reports_pk"),
    )
    op.create_index(
        "reports_once_per_stage",
        "reports",
        ["class_id", "stage"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )


def _create_claims() -> None:
    op.create_table(
        "claims",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("claimed_at", sa.BigInteger(), nullable=False),
        sa.Column("released_at", sa.BigInteger(), nullable=True),
        sa.Column("decision_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name="claims_decision_id_fk"),
        sa.ForeignKeyConstraint(["number"], ["participant_ids.number"], name="claims_number_fk"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="claims_person_id_fk"),
        sa.PrimaryKeyConstraint("id", name="claims_pk"),
        comment="A pupil's claim of an ID: one standing claim per ID and one per person.",
    )
    op.create_index(
        "claims_one_per_number",
        "claims",
        ["number"],
        unique=True,
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_index(
        "claims_one_per_person",
        "claims",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    )
