"""What the database itself forbids about ballots and moves, whoever writes and however: triggers, on both databases.

- A ballot is for no team its member has been in since «Команды собраны», and falls into its round's time.
- Nobody comes into a team that they have voted for in the session, and nobody changes teams while a vote is open.
- Which teams a member has been in is noted by the database (`session_stays`), so that no code can forget it.
- Ballots are neither changed nor deleted.

On PostgreSQL a ballot and a move of the same member wait for each other on the member's row, a move and the opening of
a vote on the session's, a ballot and the closing of its round on the round's.
"""

from typing import Final

from sqlalchemy import DDL, MetaData, event

ON_SQLITE: Final = (
    """
    CREATE TRIGGER session_ballots_checked BEFORE INSERT ON session_ballots BEGIN
        SELECT RAISE(ABORT, 'a ballot for the own team') WHERE EXISTS (
            SELECT 1 FROM session_stays WHERE member_id = NEW.member_id AND team_id = NEW.team_id);
        SELECT RAISE(ABORT, 'a ballot out of time') WHERE NOT EXISTS (
            SELECT 1 FROM session_rounds WHERE id = NEW.round_id AND closed_at IS NULL
            AND opened_at <= NEW.cast_at AND NEW.cast_at < closes_at);
    END
    """,
    """
    CREATE TRIGGER session_ballots_unchanged BEFORE UPDATE ON session_ballots BEGIN
        SELECT RAISE(ABORT, 'ballots are not changed');
    END
    """,
    """
    CREATE TRIGGER session_ballots_kept BEFORE DELETE ON session_ballots BEGIN
        SELECT RAISE(ABORT, 'ballots are not deleted');
    END
    """,
    """
    CREATE TRIGGER session_rounds_stay_closed BEFORE UPDATE ON session_rounds WHEN OLD.closed_at IS NOT NULL BEGIN
        SELECT RAISE(ABORT, 'a closed vote is never changed');
    END
    """,
    """
    CREATE TRIGGER session_stays_kept BEFORE DELETE ON session_stays BEGIN
        SELECT RAISE(ABORT, 'where somebody was is not forgotten');
    END
    """,
    """
    CREATE TRIGGER session_members_come_alone BEFORE INSERT ON session_members WHEN NEW.team_id IS NOT NULL BEGIN
        SELECT RAISE(ABORT, 'who joins is in no team yet');
    END
    """,
    """
    CREATE TRIGGER session_stays_checked BEFORE INSERT ON session_stays BEGIN
        SELECT RAISE(ABORT, 'a team that was voted for') WHERE EXISTS (
            SELECT 1 FROM session_ballots WHERE member_id = NEW.member_id AND team_id = NEW.team_id);
    END
    """,
    """
    CREATE TRIGGER session_members_moved BEFORE UPDATE OF team_id ON session_members
        WHEN NEW.team_id IS NOT OLD.team_id BEGIN
        SELECT RAISE(ABORT, 'a move while a vote is open') WHERE EXISTS (
            SELECT 1 FROM session_rounds WHERE session_id = NEW.session_id AND closed_at IS NULL);
        INSERT INTO session_stays (member_id, team_id)
            SELECT NEW.id, NEW.team_id FROM sessions
            WHERE sessions.id = NEW.session_id AND gathered_at IS NOT NULL AND NEW.team_id IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM session_stays WHERE member_id = NEW.id AND team_id = NEW.team_id);
    END
    """,
    """
    CREATE TRIGGER session_teams_gathered AFTER UPDATE OF gathered_at ON sessions
        WHEN OLD.gathered_at IS NULL AND NEW.gathered_at IS NOT NULL BEGIN
        INSERT INTO session_stays (member_id, team_id)
            SELECT id, team_id FROM session_members WHERE session_id = NEW.id AND team_id IS NOT NULL;
    END
    """,
)
ON_POSTGRESQL: Final = (
    """
    CREATE FUNCTION check_session_ballot() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM session_members WHERE id = NEW.member_id FOR UPDATE;
        IF EXISTS (SELECT 1 FROM session_stays WHERE member_id = NEW.member_id AND team_id = NEW.team_id) THEN
            RAISE EXCEPTION 'a ballot for the own team' USING ERRCODE = 'check_violation';
        END IF;
        PERFORM 1 FROM session_rounds WHERE id = NEW.round_id AND closed_at IS NULL
            AND opened_at <= NEW.cast_at AND NEW.cast_at < closes_at FOR SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a ballot out of time' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER session_ballots_checked BEFORE INSERT ON session_ballots
        FOR EACH ROW EXECUTE FUNCTION check_session_ballot()
    """,
    """
    CREATE FUNCTION keep_session_rule() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'check_violation';
    END $$
    """,
    """
    CREATE TRIGGER session_ballots_kept BEFORE UPDATE OR DELETE ON session_ballots FOR EACH ROW
        EXECUTE FUNCTION keep_session_rule('ballots are neither changed nor deleted')
    """,
    """
    CREATE TRIGGER session_rounds_stay_closed BEFORE UPDATE ON session_rounds FOR EACH ROW
        WHEN (OLD.closed_at IS NOT NULL) EXECUTE FUNCTION keep_session_rule('a closed vote is never changed')
    """,
    """
    CREATE TRIGGER session_stays_kept BEFORE DELETE ON session_stays FOR EACH ROW
        EXECUTE FUNCTION keep_session_rule('where somebody was is not forgotten')
    """,
    """
    CREATE TRIGGER session_members_come_alone BEFORE INSERT ON session_members FOR EACH ROW
        WHEN (NEW.team_id IS NOT NULL) EXECUTE FUNCTION keep_session_rule('who joins is in no team yet')
    """,
    """
    CREATE FUNCTION check_session_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM session_members WHERE id = NEW.member_id FOR UPDATE;
        IF EXISTS (SELECT 1 FROM session_ballots WHERE member_id = NEW.member_id AND team_id = NEW.team_id) THEN
            RAISE EXCEPTION 'a team that was voted for' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER session_stays_checked BEFORE INSERT ON session_stays
        FOR EACH ROW EXECUTE FUNCTION check_session_stay()
    """,
    """
    CREATE FUNCTION move_session_member() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM sessions WHERE id = NEW.session_id FOR SHARE;
        IF EXISTS (SELECT 1 FROM session_rounds WHERE session_id = NEW.session_id AND closed_at IS NULL) THEN
            RAISE EXCEPTION 'a move while a vote is open' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.team_id IS NOT NULL THEN
            INSERT INTO session_stays (member_id, team_id)
                SELECT NEW.id, NEW.team_id FROM sessions
                WHERE sessions.id = NEW.session_id AND gathered_at IS NOT NULL
                ON CONFLICT DO NOTHING;
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER session_members_moved BEFORE UPDATE OF team_id ON session_members FOR EACH ROW
        WHEN (NEW.team_id IS DISTINCT FROM OLD.team_id) EXECUTE FUNCTION move_session_member()
    """,
    """
    CREATE FUNCTION note_session_teams() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO session_stays (member_id, team_id)
            SELECT id, team_id FROM session_members WHERE session_id = NEW.id AND team_id IS NOT NULL;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER session_teams_gathered AFTER UPDATE OF gathered_at ON sessions FOR EACH ROW
        WHEN (OLD.gathered_at IS NULL AND NEW.gathered_at IS NOT NULL) EXECUTE FUNCTION note_session_teams()
    """,
)


def attach(metadata: MetaData) -> None:
    """Create the triggers once all tables are there."""
    for dialect, statements in ("sqlite", ON_SQLITE), ("postgresql", ON_POSTGRESQL):
        for statement in statements:
            made = DDL(statement)  # type: ignore[no-untyped-call]
            event.listen(metadata, "after_create", made.execute_if(dialect=dialect))
