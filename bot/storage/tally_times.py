"""When tallies were reached, by half hours: the database counts it itself, whoever changes a tally and however.

A place among equal tallies is a sum over these rows and a look at one half hour; counting the equals one by one would
take milliseconds where 60,000 participants have a single vote. Triggers, so that a vote, a correction and a repair by
hand cannot disagree with it, and a vote pays for it inside the statement that raises its tally.

Another trigger keeps the histogram short: a leader passes through every number of votes, and what nobody has any more
would be summed up for each place below.
"""

from sqlalchemy import DDL, CheckConstraint, Column, Integer, MetaData, Table, event

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
# Rows are locked from few votes to many, as everywhere: no two transactions wait for each other.
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


def declared(metadata: MetaData) -> Table:
    """The table; its triggers come once all tables are there."""
    table = Table(
        "tally_times",
        metadata,
        Column("votes", Integer, primary_key=True, autoincrement=False),
        Column("half_hour", Integer, primary_key=True, autoincrement=False),
        Column("participants", Integer, nullable=False),
        CheckConstraint("participants >= 0", name="participants_not_negative"),
        sqlite_with_rowid=False,
        comment="How many participants reached exactly so many votes in a half hour since 1970; kept by triggers.",
    )
    for dialect, statements in ("sqlite", ON_SQLITE), ("postgresql", ON_POSTGRESQL):
        for statement in statements:
            made = DDL(statement)  # type: ignore[no-untyped-call]
            event.listen(metadata, "after_create", made.execute_if(dialect=dialect))
    return table
