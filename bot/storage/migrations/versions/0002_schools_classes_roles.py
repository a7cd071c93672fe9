"""Schools, classes, roles."""

import sqlalchemy as sa
from alembic import op

# SQLite numbers rows by itself only in a column declared INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _create_municipalities()
    _create_invitations()
    _create_schools()
    _create_applications()
    _create_classes()
    _create_roles()
    _create_school_rolls()
    _create_class_teachers()


def _create_municipalities() -> None:
    op.create_table(
        "municipalities",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="municipalities_pk"),
        sa.UniqueConstraint("name", name="municipalities_unique_name"),
    )


def _create_invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", ID, nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("scope_kind", sa.String(length=20), nullable=False),
        sa.Column("scope_id", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("invited_by", ID, nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_by", ID, nullable=True),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "role IN ('coordinator', 'issuer', 'school_reporter', 'teacher')", name=op.f("invitations_role_known")
        ),
        sa.CheckConstraint(
            "scope_kind IN ('region', 'municipality', 'school', 'gift_point')",
            name=op.f("invitations_scope_kind_known"),
        ),
        sa.ForeignKeyConstraint(["invited_by"], ["people.id"], name="invitations_invited_by_fk"),
        sa.ForeignKeyConstraint(["used_by"], ["people.id"], name="invitations_used_by_fk"),
        sa.PrimaryKeyConstraint("id", name="invitations_pk"),
        sa.UniqueConstraint("code_hash", name="invitations_unique_code_hash"),
        comment="One-time codes; only their hash is kept. A teacher's code is bound to a school and confirms at once.",
    )


def _create_schools() -> None:
    op.create_table(
        "schools",
        sa.Column("id", ID, nullable=False),
        sa.Column("municipality_id", ID, nullable=False),
        sa.Column("settlement", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("organisation_type", sa.String(length=20), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "organisation_type IN ('school', 'preschool', 'extracurricular', 'college', 'university')",
            name=op.f("schools_organisation_type_known"),
        ),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name="schools_municipality_id_fk"),
        sa.PrimaryKeyConstraint("id", name="schools_pk"),
        sa.UniqueConstraint(
            "municipality_id", "settlement", "name", name="schools_unique_municipality_id_settlement_name"
        ),
        comment="search_text: name, settlement and municipality folded for search (lower case, ё as е).",
    )


def _create_applications() -> None:
    op.create_table(
        "applications",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("pupils", sa.SmallInteger(), nullable=False),
        sa.Column("applied_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="waiting", nullable=False),
        sa.Column("decision_id", ID, nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'confirmed', 'refused')", name=op.f("applications_state_known")),
        sa.CheckConstraint("pupils > 0", name=op.f("applications_pupils_positive")),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name="applications_decision_id_fk"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="applications_person_id_fk"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name="applications_school_id_fk"),
        sa.PrimaryKeyConstraint("id", name="applications_pk"),
    )
    op.create_index("applications_by_person_id", "applications", ["person_id"], unique=False)
    op.create_index(
        "applications_one_waiting",
        "applications",
        ["school_id", "label"],
        unique=True,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )


def _create_classes() -> None:
    op.create_table(
        "classes",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("pupils", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("pupils > 0", name=op.f("classes_pupils_positive")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name="classes_school_id_fk"),
        sa.PrimaryKeyConstraint("id", name="classes_pk"),
        sa.UniqueConstraint("school_id", "label", name="classes_unique_school_id_label"),
        comment="A confirmed class (or group); its reports, IDs and claims outlive a change of teacher.",
    )


def _create_roles() -> None:
    op.create_table(
        "roles",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("scope_kind", sa.String(length=20), nullable=False),
        sa.Column("scope_id", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("granted_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("decision_id", ID, nullable=True),
        sa.CheckConstraint("role IN ('coordinator', 'issuer', 'school_reporter')", name=op.f("roles_role_known")),
        sa.CheckConstraint(
            "scope_kind IN ('region', 'municipality', 'school', 'gift_point')", name=op.f("roles_scope_kind_known")
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name="roles_decision_id_fk"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="roles_person_id_fk"),
        sa.PrimaryKeyConstraint("id", name="roles_pk"),
        comment="Granted roles; teacher and participant follow from classes and claims. scope_id is 0 for the region.",
    )
    op.create_index("roles_by_person_id", "roles", ["person_id"], unique=False)
    op.create_index("roles_by_scope", "roles", ["scope_kind", "scope_id"], unique=False)
    op.create_index(
        "roles_one_standing",
        "roles",
        ["person_id", "role", "scope_kind", "scope_id"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )


def _create_school_rolls() -> None:
    op.create_table(
        "school_rolls",
        sa.Column("school_id", ID, nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("pupils", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("pupils > 0", name=op.f("school_rolls_pupils_positive")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name="school_rolls_school_id_fk"),
        sa.PrimaryKeyConstraint("school_id", "label", name="school_rolls_pk"),
        comment="Pupils per class as imported: what an application's number is compared with.",
    )


def _create_class_teachers() -> None:
    op.create_table(
        "class_teachers",
        sa.Column("id", ID, nullable=False),
        sa.Column("class_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("decision_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["class_id"], ["classes.id"], name="class_teachers_class_id_fk"),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name="class_teachers_decision_id_fk"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="class_teachers_person_id_fk"),
        sa.PrimaryKeyConstraint("id", name="class_teachers_pk"),
        comment="Who teaches the class, and who did: a hand-over closes one row and opens the next.",
    )
    op.create_index("class_teachers_by_person_id", "class_teachers", ["person_id"], unique=False)
    op.create_index(
        "class_teachers_one_at_a_time",
        "class_teachers",
        ["class_id"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
