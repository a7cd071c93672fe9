"""Votes."""

import sqlalchemy as sa
from alembic import op

# SQLite numbers rows by itself only in a column declared INTEGER.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _create_chain_head()
    _create_histogram()
    _create_vote_log()
    _create_money_offers()
    _create_tallies()
    _create_votes()


def _create_chain_head() -> None:
    op.create_table(
        "chain_head",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("chain_head_single_row")),
        sa.PrimaryKeyConstraint("id", name="chain_head_pk"),
        comment="The end of the vote log; its row is locked last in every transaction that appends.",
    )


def _create_histogram() -> None:
    op.create_table(
        "histogram",
        sa.Column("votes", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.CheckConstraint("participants >= 0", name=op.f("histogram_participants_not_negative")),
        sa.CheckConstraint("votes > 0", name=op.f("histogram_votes_positive")),
        sa.PrimaryKeyConstraint("votes", name="histogram_pk"),
        comment="How many participants have exactly so many votes: a place is a sum over the few rows above.",
    )


def _create_vote_log() -> None:
    op.create_table(
        "vote_log",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("about", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("voter", sa.String(length=64), nullable=False),
        sa.Column("voter_key", sa.String(length=64), nullable=True),
        sa.Column("decision_id", sa.BigInteger(), nullable=True),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("(kind = 'vote') = (about IS NULL)", name=op.f("vote_log_what_is_no_vote_is_about_one")),
        sa.CheckConstraint("kind IN ('vote', 'set_aside', 'restored', 'moved')", name=op.f("vote_log_kind_known")),
        sa.ForeignKeyConstraint(["about"], ["vote_log.seq"], name="vote_log_about_fk"),
        sa.PrimaryKeyConstraint("seq", name="vote_log_pk"),
        sa.UniqueConstraint("previous_hash", name="vote_log_unique_previous_hash"),
        comment="Append-only, hash-chained, never changed. voter, voter_key: pseudonyms. about: the vote a row changes.",
    )


def _create_money_offers() -> None:
    op.create_table(
        "money_offers",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["participant_ids.number"], name="money_offers_number_fk"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="money_offers_person_id_fk"),
        sa.PrimaryKeyConstraint("id", name="money_offers_pk"),
        sa.UniqueConstraint("person_id", "number", name="money_offers_unique_person_id_number"),
        comment="«Предлагают деньги за голос»: who said so about which ID.",
    )


def _create_tallies() -> None:
    op.create_table(
        "tallies",
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("reached_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("votes >= 0", name=op.f("tallies_votes_not_negative")),
        sa.ForeignKeyConstraint(["number"], ["participant_ids.number"], name="tallies_number_fk"),
        sa.PrimaryKeyConstraint("number", name="tallies_pk"),
        comment="Counted votes of a participant and when the latest of them came: kept, not counted.",
    )
    op.create_index("tallies_by_rank", "tallies", [sa.text("votes DESC"), "reached_at", "number"])


def _create_votes() -> None:
    op.create_table(
        "votes",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("voter", sa.String(length=64), nullable=False),
        sa.Column("voter_key", sa.String(length=64), nullable=True),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("cast_at", sa.BigInteger(), nullable=False),
        sa.Column("shown_as", sa.String(length=10), nullable=False),
        sa.Column("receipt", sa.String(length=16), nullable=False),
        sa.Column("counted", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("shown_as IN ('name', 'masked')", name=op.f("votes_shown_as_known")),
        sa.CheckConstraint("person_id IS NOT NULL OR voter_key IS NOT NULL", name=op.f("votes_has_a_voter")),
        sa.ForeignKeyConstraint(["number"], ["participant_ids.number"], name="votes_number_fk"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="votes_person_id_fk"),
        sa.ForeignKeyConstraint(["seq"], ["vote_log.seq"], name="votes_seq_fk"),
        sa.PrimaryKeyConstraint("id", name="votes_pk"),
        sa.UniqueConstraint("person_id", name="votes_unique_person_id"),
        sa.UniqueConstraint("receipt", name="votes_unique_receipt"),
        sa.UniqueConstraint("voter", name="votes_unique_voter"),
        sa.UniqueConstraint("voter_key", name="votes_unique_voter_key"),
        comment="Votes as they stand now: one per person, one per voter key. How they came about is in vote_log.",
    )
    op.create_index("votes_by_number_newest", "votes", ["number", "cast_at", "id"], unique=False)
