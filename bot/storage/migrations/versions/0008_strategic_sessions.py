"""Strategic sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


# A migration must not follow later changes of `ballot_rules.py`, so its triggers are repeated here.
ON_SQLITE = (
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
ON_POSTGRESQL = (
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


def upgrade() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("messenger", sa.String(length=10), nullable=False),
        sa.Column("peer", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("screen_token", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=10), server_default="preparing", nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("gathered_at", sa.BigInteger(), nullable=True),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.Column("purged_at", sa.BigInteger(), nullable=True),
        sa.Column("invite_link", sa.String(length=200), nullable=True),
        sa.Column("hidden", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("tie_rule", sa.String(length=10), server_default="shared", nullable=False),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "state IN ('preparing', 'running', 'finished', 'dropped')", name=op.f("sessions_state_known")
        ),
        sa.CheckConstraint("tie_rule IN ('shared', 'jury')", name=op.f("sessions_tie_rule_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("sessions_pk")),
        sa.UniqueConstraint("code", name=op.f("sessions_unique_code")),
        sa.UniqueConstraint("screen_token", name=op.f("sessions_unique_screen_token")),
        comment="A strategic session in a conversation. code: of the link to join. hidden, tie_rule: of the next vote. revision: how often a moderator changed something, so that a button pressed on an old desk does nothing.",
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(
            "sessions_one_live",
            ["messenger", "peer"],
            unique=True,
            sqlite_where=sa.text("state IN ('preparing', 'running')"),
            postgresql_where=sa.text("state IN ('preparing', 'running')"),
        )

    op.create_table(
        "session_boards",
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("peer", sa.BigInteger(), nullable=False),
        sa.Column("locale", sa.String(length=5), server_default="ru", nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("written_by", sa.BigInteger(), nullable=True),
        sa.Column("cmid", sa.BigInteger(), nullable=True),
        sa.Column("shown_real_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("session_boards_session_id_fk")),
        sa.PrimaryKeyConstraint("session_id", "key", name=op.f("session_boards_pk")),
        comment="The session's messages, in the conversation and as desks of those who lead. digest: of what it shows, empty when it is to be written anew; written_by: the outbox row that wrote it last; cmid: once known.",
    )
    op.create_table(
        "session_stages",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("minutes", sa.SmallInteger(), nullable=False),
        sa.Column("presentation_minutes", sa.SmallInteger(), nullable=False),
        sa.Column("vote_minutes", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('quiz', 'task', 'talk')", name=op.f("session_stages_kind_known")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("session_stages_session_id_fk")),
        sa.PrimaryKeyConstraint("id", name=op.f("session_stages_pk")),
    )
    with op.batch_alter_table("session_stages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("session_stages_by_session_id"), ["session_id"], unique=False)

    op.create_table(
        "session_teams",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("folded", sa.String(length=60), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 40", name=op.f("session_teams_number_in_range")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("session_teams_session_id_fk")),
        sa.PrimaryKeyConstraint("id", name=op.f("session_teams_pk")),
        sa.UniqueConstraint("session_id", "folded", name="session_teams_unique_name"),
        sa.UniqueConstraint("session_id", "id", name="session_teams_unique_in_session"),
        sa.UniqueConstraint("session_id", "number", name=op.f("session_teams_unique_session_id_number")),
    )
    op.create_table(
        "session_members",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("messenger", sa.String(length=10), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("pseudonym", sa.String(length=64), nullable=False),
        sa.Column("first_name", sa.String(length=100), nullable=True),
        sa.Column("last_initial", sa.String(length=4), nullable=True),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("role", sa.String(length=10), server_default="member", nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=True),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "role IN ('member', 'juror', 'helper', 'moderator')", name=op.f("session_members_role_known")
        ),
        sa.CheckConstraint("team_id IS NULL OR role = 'member'", name=op.f("session_members_only_members_in_teams")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("session_members_session_id_fk")),
        sa.ForeignKeyConstraint(
            ["session_id", "team_id"],
            ["session_teams.session_id", "session_teams.id"],
            name="session_members_team_fk",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("session_members_pk")),
        sa.UniqueConstraint("session_id", "number", name="session_members_unique_number"),
        sa.UniqueConstraint("session_id", "pseudonym", name=op.f("session_members_unique_session_id_pseudonym")),
        comment="Who joined, by the consent «Вступить» to this session. named: shown by the name. user_id and names go after `session_days` or on request; the pseudonym stays, so that an account never takes part twice.",
    )
    with op.batch_alter_table("session_members", schema=None) as batch_op:
        batch_op.create_index("session_members_by_account", ["messenger", "user_id"], unique=False)
        batch_op.create_index(batch_op.f("session_members_by_team_id"), ["team_id"], unique=False)

    op.create_table(
        "session_questions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stage_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("right_option", sa.SmallInteger(), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["stage_id"], ["session_stages.id"], name=op.f("session_questions_stage_id_fk")),
        sa.PrimaryKeyConstraint("id", name=op.f("session_questions_pk")),
        comment="A quiz's questions. options: JSON list of texts.",
    )
    with op.batch_alter_table("session_questions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("session_questions_by_stage_id"), ["stage_id"], unique=False)

    op.create_table(
        "session_rounds",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stage_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("step_number", sa.Integer(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("closes_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("tie_rule", sa.String(length=10), nullable=False),
        sa.Column("log_hash", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("session_rounds_session_id_fk")),
        sa.ForeignKeyConstraint(["stage_id"], ["session_stages.id"], name=op.f("session_rounds_stage_id_fk")),
        sa.PrimaryKeyConstraint("id", name=op.f("session_rounds_pk")),
        sa.UniqueConstraint("stage_id", "number", name=op.f("session_rounds_unique_stage_id_number")),
        comment="Votes of a stage, one after another. log_hash: over its ballots and the hash before, once it is closed.",
    )
    with op.batch_alter_table("session_rounds", schema=None) as batch_op:
        batch_op.create_index("session_rounds_by_session", ["session_id", "id"], unique=False)
        batch_op.create_index(
            "session_rounds_one_open",
            ["session_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "session_steps",
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stage_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("phase", sa.String(length=15), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("presenting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ends_at", sa.BigInteger(), nullable=True),
        sa.Column("left_us", sa.BigInteger(), nullable=True),
        sa.Column("warned", sa.Boolean(), nullable=False),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column("ending_early", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "phase IN ('quiz', 'work', 'presentation', 'vote', 'talk')", name=op.f("session_steps_phase_known")
        ),
        sa.CheckConstraint("state IN ('running', 'paused', 'over')", name=op.f("session_steps_state_known")),
        sa.ForeignKeyConstraint(["presenting_id"], ["session_teams.id"], name=op.f("session_steps_presenting_id_fk")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("session_steps_session_id_fk")),
        sa.ForeignKeyConstraint(["stage_id"], ["session_stages.id"], name=op.f("session_steps_stage_id_fk")),
        sa.PrimaryKeyConstraint("session_id", "number", name=op.f("session_steps_pk")),
        comment="The steps of a session in their order; the last is where it stands. left_us: while it is paused.",
    )
    op.create_table(
        "session_acts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("deed", sa.String(length=30), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["session_members.id"], name=op.f("session_acts_member_id_fk")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("session_acts_session_id_fk")),
        sa.PrimaryKeyConstraint("id", name=op.f("session_acts_pk")),
        comment="The protocol: what its moderators did, and what happened by itself (member_id is empty). details: JSON.",
    )
    with op.batch_alter_table("session_acts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("session_acts_by_session_id"), ["session_id"], unique=False)

    op.create_table(
        "session_answers",
        sa.Column("question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("option", sa.SmallInteger(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["session_members.id"], name=op.f("session_answers_member_id_fk")),
        sa.ForeignKeyConstraint(["question_id"], ["session_questions.id"], name=op.f("session_answers_question_id_fk")),
        sa.PrimaryKeyConstraint("question_id", "member_id", name=op.f("session_answers_pk")),
        comment="One answer per account and question: the first.",
    )
    op.create_table(
        "session_candidates",
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("could_vote", sa.Integer(), nullable=False),
        sa.Column("jury_could", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["session_rounds.id"], name=op.f("session_candidates_round_id_fk")),
        sa.ForeignKeyConstraint(["team_id"], ["session_teams.id"], name=op.f("session_candidates_team_id_fk")),
        sa.PrimaryKeyConstraint("round_id", "team_id", name=op.f("session_candidates_pk")),
        comment="Teams that can be chosen in a round, and how many electors and jurors could choose each.",
    )
    op.create_table(
        "session_electors",
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("is_juror", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["session_members.id"], name=op.f("session_electors_member_id_fk")),
        sa.ForeignKeyConstraint(["round_id"], ["session_rounds.id"], name=op.f("session_electors_round_id_fk")),
        sa.ForeignKeyConstraint(["team_id"], ["session_teams.id"], name=op.f("session_electors_team_id_fk")),
        sa.PrimaryKeyConstraint("round_id", "member_id", name=op.f("session_electors_pk")),
        comment="Who may vote in a round, as it was when it opened.",
    )
    op.create_table(
        "session_refusals",
        sa.Column("round_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("presses", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["session_rounds.id"], name=op.f("session_refusals_round_id_fk")),
        sa.PrimaryKeyConstraint("round_id", "reason", name=op.f("session_refusals_pk")),
        comment="How many presses on a round's buttons were refused, by reason.",
    )
    op.create_table(
        "session_stays",
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["session_members.id"], name=op.f("session_stays_member_id_fk")),
        sa.ForeignKeyConstraint(["team_id"], ["session_teams.id"], name=op.f("session_stays_team_id_fk")),
        sa.PrimaryKeyConstraint("member_id", "team_id", name=op.f("session_stays_pk")),
        comment="Every team a member has been in since «Команды собраны»; kept by triggers.",
    )
    op.create_table(
        "session_works",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("session_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stage_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("path", sa.String(length=500), nullable=True),
        sa.Column("shown_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("state IN ('fetching', 'here', 'failed')", name=op.f("session_works_state_known")),
        sa.ForeignKeyConstraint(["member_id"], ["session_members.id"], name=op.f("session_works_member_id_fk")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("session_works_session_id_fk")),
        sa.ForeignKeyConstraint(["stage_id"], ["session_stages.id"], name=op.f("session_works_stage_id_fk")),
        sa.ForeignKeyConstraint(["team_id"], ["session_teams.id"], name=op.f("session_works_team_id_fk")),
        sa.PrimaryKeyConstraint("id", name=op.f("session_works_pk")),
        comment="What teams sent: a text, a picture, or both. path: of the picture's file. shown_at: on the screen since.",
    )
    with op.batch_alter_table("session_works", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("session_works_by_session_id"), ["session_id"], unique=False)

    op.create_table(
        "session_ballots",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("cast_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id", "member_id"],
            ["session_electors.round_id", "session_electors.member_id"],
            name="session_ballots_elector_fk",
        ),
        sa.ForeignKeyConstraint(
            ["round_id", "team_id"],
            ["session_candidates.round_id", "session_candidates.team_id"],
            name="session_ballots_candidate_fk",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("session_ballots_pk")),
        sa.UniqueConstraint("round_id", "member_id", name=op.f("session_ballots_unique_round_id_member_id")),
        comment="The log of ballots. Nothing in it is changed or deleted.",
    )
    with op.batch_alter_table("session_ballots", schema=None) as batch_op:
        batch_op.create_index("session_ballots_by_member", ["member_id", "team_id"], unique=False)

    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("title", sa.String(length=250), nullable=True))
    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRESQL:
        op.execute(statement)
