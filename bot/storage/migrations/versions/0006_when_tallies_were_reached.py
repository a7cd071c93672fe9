"""When tallies were reached."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ON_SQLITE = (
    """
    CREATE TRIGGER tallies_added AFTER INSERT ON tallies WHEN NEW.votes > 0 BEGIN
        INSERT INTO tally_times (votes, half_hour, participants) VALUES (NEW.votes, NEW.reached_at / 1800000000, 1)
            ON CONFLICT (votes, half_hour) DO UPDATE SET participants = participants + 1;
    END
    """,
    """
    CREATE TRIGGER tallies_changed AFTER UPDATE OF votes, reached_at ON tallies BEGIN
        UPDATE tally_times SET participants = participants - 1
            WHERE votes = OLD.votes AND half_hour = OLD.reached_at / 1800000000;
        DELETE FROM tally_times
            WHERE votes = OLD.votes AND half_hour = OLD.reached_at / 1800000000 AND participants = 0;
        INSERT INTO tally_times (votes, half_hour, participants)
            SELECT NEW.votes, NEW.reached_at / 1800000000, 1 WHERE NEW.votes > 0
            ON CONFLICT (votes, half_hour) DO UPDATE SET participants = participants + 1;
    END
    """,
    """
    CREATE TRIGGER tallies_removed AFTER DELETE ON tallies BEGIN
        UPDATE tally_times SET participants = participants - 1
            WHERE votes = OLD.votes AND half_hour = OLD.reached_at / 1800000000;
        DELETE FROM tally_times
            WHERE votes = OLD.votes AND half_hour = OLD.reached_at / 1800000000 AND participants = 0;
    END
    """,
    """
    CREATE TRIGGER histogram_unused AFTER UPDATE OF participants ON histogram WHEN NEW.participants = 0 BEGIN
        DELETE FROM histogram WHERE votes = NEW.votes AND participants = 0;
    END
    """,
)
ON_POSTGRESQL = (
    """
    CREATE FUNCTION tally_reached(votes_now integer, reached bigint) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        IF votes_now > 0 THEN
            INSERT INTO tally_times (votes, half_hour, participants) VALUES (votes_now, reached / 1800000000, 1)
                ON CONFLICT (votes, half_hour) DO UPDATE SET participants = tally_times.participants + 1;
        END IF;
    END $$
    """,
    """
    CREATE FUNCTION tally_left(votes_before integer, reached bigint) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE tally_times SET participants = participants - 1
            WHERE votes = votes_before AND half_hour = reached / 1800000000;
        DELETE FROM tally_times
            WHERE votes = votes_before AND half_hour = reached / 1800000000 AND participants = 0;
    END $$
    """,
    """
    CREATE FUNCTION time_tally() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            PERFORM tally_reached(NEW.votes, NEW.reached_at);
        ELSIF TG_OP = 'DELETE' THEN
            PERFORM tally_left(OLD.votes, OLD.reached_at);
        ELSIF NEW.votes < OLD.votes THEN
            PERFORM tally_reached(NEW.votes, NEW.reached_at);
            PERFORM tally_left(OLD.votes, OLD.reached_at);
        ELSE
            PERFORM tally_left(OLD.votes, OLD.reached_at);
            PERFORM tally_reached(NEW.votes, NEW.reached_at);
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER tallies_timed AFTER INSERT OR DELETE OR UPDATE OF votes, reached_at ON tallies
        FOR EACH ROW EXECUTE FUNCTION time_tally()
    """,
    """
    CREATE FUNCTION forget_unused_votes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM histogram WHERE votes = NEW.votes AND participants = 0;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER histogram_unused AFTER UPDATE OF participants ON histogram
        FOR EACH ROW WHEN (NEW.participants = 0) EXECUTE FUNCTION forget_unused_votes()
    """,
)


def upgrade() -> None:
    op.create_table(
        "tally_times",
        sa.Column("votes", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("half_hour", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.CheckConstraint("participants >= 0", name=op.f("tally_times_participants_not_negative")),
        sa.PrimaryKeyConstraint("votes", "half_hour", name="tally_times_pk"),
        sqlite_with_rowid=False,
        comment="How many participants reached exactly so many votes in a half hour since 1970; kept by triggers.",
    )
    op.execute(
        "INSERT INTO tally_times (votes, half_hour, participants)"
        " SELECT votes, reached_at / 1800000000, count(*) FROM tallies WHERE votes > 0"
        " GROUP BY votes, reached_at / 1800000000"
    )
    op.execute("DELETE FROM histogram WHERE participants = 0")
    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL:
        op.execute(statement)
