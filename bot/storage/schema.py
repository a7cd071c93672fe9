"""The tables: one declaration for SQLite and PostgreSQL alike; migrations are tested against it.

Read it in the order of the story: people and their consent, schools and classes, participant IDs and claims, reports,
votes, then the pipeline (dialogues, inbox, bodies, outbox) and what the bot keeps for itself. Practice, reminders and
broadcasts are in `schema_duties.py`.
What must never happen is forbidden here by a constraint; the code only explains it kindly.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.storage import tally_times as times
from bot.storage.columns import Id, Instant, Number, metadata, one_of

# --- people -----------------------------------------------------------------------------------------------------------

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True),
    Column("first_name", String(100)),
    Column("last_initial", String(4)),
    Column("is_adult", Boolean),
    Column("shown_as", String(10), nullable=False, server_default="name"),
    Column("created_at", Instant, nullable=False),
    Column("erased_at", Instant),
    one_of("shown_as", "name", "masked", name="shown_as_known"),
    comment="One human being; keeps its row without a name after erasure, so that votes keep counting.",
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("messenger", String(10), nullable=False),
    Column("user_id", BigInteger),
    Column("pseudonym", String(64), nullable=False, unique=True),
    Column("unreachable_since", Instant),
    UniqueConstraint("messenger", "user_id"),
    comment="A messenger's account. The link (user_id) is erased on request, the keyed hash stays.",
)

# Few among many: who is left out of a broadcast is looked for by these.
Index(
    "people_erased",
    people.c.id,
    sqlite_where=text("erased_at IS NOT NULL"),
    postgresql_where=text("erased_at IS NOT NULL"),
)
Index(
    "accounts_unreachable",
    accounts.c.person_id,
    sqlite_where=text("unreachable_since IS NOT NULL"),
    postgresql_where=text("unreachable_since IS NOT NULL"),
)

consents = Table(
    "consents",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("version", String(20), nullable=False),
    Column("given_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    one_of("kind", "participation", "publication", name="kind_known"),
)
Index(
    "consents_one_standing",
    consents.c.person_id,
    consents.c.kind,
    unique=True,
    sqlite_where=text("withdrawn_at IS NULL"),
    postgresql_where=text("withdrawn_at IS NULL"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("decided_by", ForeignKey("people.id")),
    Column("deed", String(40), nullable=False),
    Column("subject", String(40), nullable=False),
    Column("subject_id", String(40), nullable=False),
    Column("reason", Text),
    Column("details", Text),
    Index("decisions_by_subject", "subject", "subject_id"),
    comment="The journal: who decided what about whom, and why. decided_by is empty for the command line.",
)

# --- schools, classes, roles ------------------------------------------------------------------------------------------

municipalities = Table(
    "municipalities",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
)

schools = Table(
    "schools",
    metadata,
    Column("id", Id, primary_key=True),
    Column("municipality_id", ForeignKey("municipalities.id"), nullable=False),
    Column("settlement", String(200), nullable=False),
    Column("name", String(300), nullable=False),
    Column("organisation_type", String(20), nullable=False),
    Column("search_text", Text, nullable=False),
    UniqueConstraint("municipality_id", "settlement", "name"),
    one_of(
        "organisation_type",
        *("school", "preschool", "extracurricular", "college", "university"),
        name="organisation_type_known",
    ),
    comment="search_text: name, settlement and municipality folded for search (lower case, ё as е).",
)

school_rolls = Table(
    "school_rolls",
    metadata,
    Column("school_id", ForeignKey("schools.id"), primary_key=True),
    Column("label", String(40), primary_key=True),
    Column("pupils", SmallInteger, nullable=False),
    CheckConstraint("pupils > 0", name="pupils_positive"),
    comment="Pupils per class as imported: what an application's number is compared with.",
)

classes = Table(
    "classes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("school_id", ForeignKey("schools.id"), nullable=False),
    Column("label", String(40), nullable=False),
    Column("pupils", SmallInteger, nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("school_id", "label"),
    CheckConstraint("pupils > 0", name="pupils_positive"),
    comment="A confirmed class (or group); its reports, IDs and claims outlive a change of teacher.",
)

class_teachers = Table(
    "class_teachers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("class_id", ForeignKey("classes.id"), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("since", Instant, nullable=False),
    Column("until", Instant),
    Column("decision_id", ForeignKey("decisions.id")),
    comment="Who teaches the class, and who did: a hand-over closes one row and opens the next.",
)
Index(
    "class_teachers_one_at_a_time",
    class_teachers.c.class_id,
    unique=True,
    sqlite_where=text("until IS NULL"),
    postgresql_where=text("until IS NULL"),
)

applications = Table(
    "applications",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("school_id", ForeignKey("schools.id"), nullable=False),
    Column("label", String(40), nullable=False),
    Column("pupils", SmallInteger, nullable=False),
    Column("applied_at", Instant, nullable=False),
    Column("state", String(10), nullable=False, server_default="waiting"),
    Column("decision_id", ForeignKey("decisions.id")),
    Column("decided_at", Instant),
    CheckConstraint("pupils > 0", name="pupils_positive"),
    one_of("state", "waiting", "confirmed", "refused", name="state_known"),
)
Index(
    "applications_one_waiting",
    applications.c.school_id,
    applications.c.label,
    unique=True,
    sqlite_where=text("state = 'waiting'"),
    postgresql_where=text("state = 'waiting'"),
)

roles = Table(
    "roles",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("scope_kind", String(20), nullable=False),
    Column("scope_id", BigInteger, nullable=False, server_default="0"),
    Column("granted_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("decision_id", ForeignKey("decisions.id")),
    one_of("role", "coordinator", "issuer", "school_reporter", name="role_known"),
    one_of("scope_kind", "region", "municipality", "school", "gift_point", name="scope_kind_known"),
    Index("roles_by_scope", "scope_kind", "scope_id"),
    comment="Granted roles; teacher and participant follow from classes and claims. scope_id is 0 for the region.",
)
Index(
    "roles_one_standing",
    roles.c.person_id,
    roles.c.role,
    roles.c.scope_kind,
    roles.c.scope_id,
    unique=True,
    sqlite_where=text("revoked_at IS NULL"),
    postgresql_where=text("revoked_at IS NULL"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("role", String(20), nullable=False),
    Column("scope_kind", String(20), nullable=False),
    Column("scope_id", BigInteger, nullable=False, server_default="0"),
    Column("invited_by", ForeignKey("people.id")),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_by", ForeignKey("people.id")),
    Column("used_at", Instant),
    Column("revoked_at", Instant),
    one_of("role", "coordinator", "issuer", "school_reporter", "teacher", name="role_known"),
    one_of("scope_kind", "region", "municipality", "school", "gift_point", name="scope_kind_known"),
    comment="One-time codes; only their hash is kept. A teacher's code is bound to a school and confirms at once.",
)

# --- participant IDs, claims, reports ---------------------------------------------------------------------------------

participant_ids = Table(
    "participant_ids",
    metadata,
    Column("number", Number, primary_key=True),
    Column("class_id", ForeignKey("classes.id"), nullable=False),
    Column("place", SmallInteger, nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("parent_consent_at", Instant),
    Column("parent_consent_by", ForeignKey("people.id")),
    CheckConstraint("place > 0", name="place_positive"),
    comment="An issued ID and its № (place) in the class list; who took it is in claims. Never deleted or reused.",
)
Index(
    "participant_ids_one_per_place",
    participant_ids.c.class_id,
    participant_ids.c.place,
    unique=True,
    sqlite_where=text("revoked_at IS NULL"),
    postgresql_where=text("revoked_at IS NULL"),
)

claims = Table(
    "claims",
    metadata,
    Column("id", Id, primary_key=True),
    Column("number", ForeignKey("participant_ids.number"), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("claimed_at", Instant, nullable=False),
    Column("released_at", Instant),
    Column("decision_id", ForeignKey("decisions.id")),
    comment="A pupil's claim of an ID: one standing claim per ID and one per person.",
)
for _name, _column in (("claims_one_per_number", claims.c.number), ("claims_one_per_person", claims.c.person_id)):
    Index(
        _name,
        _column,
        unique=True,
        sqlite_where=text("released_at IS NULL"),
        postgresql_where=text("released_at IS NULL"),
    )

failed_claims = Table(
    "failed_claims",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Index("failed_claims_by_person_at", "person_id", "at"),
    comment="Unknown, taken or revoked IDs that a person tried: five in 15 minutes lock claiming.",
)

reports = Table(
    "reports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("class_id", ForeignKey("classes.id"), nullable=False),
    Column("stage", String(12), nullable=False),
    Column("reported_by", ForeignKey("people.id"), nullable=False),
    Column("reported_at", Instant, nullable=False),
    Column("late", Boolean, nullable=False, server_default=text("false")),
    Column("lesson_on", Date),
    Column("attended", SmallInteger),
    Column("practice", String(10)),
    Column("approval", String(10), nullable=False, server_default="not_needed"),
    Column("undone_at", Instant),
    Column("undone_by", ForeignKey("people.id")),
    Column("decision_id", ForeignKey("decisions.id")),
    one_of("stage", "documents", "ready", "held", name="stage_known"),
    one_of("approval", "not_needed", "waiting", "given", "refused", name="approval_known"),
    CheckConstraint("practice IN ('in_class', 'homework')", name="practice_known"),
    CheckConstraint(
        "stage <> 'held' OR (lesson_on IS NOT NULL AND attended IS NOT NULL AND practice IS NOT NULL)",
        name="held_has_its_lesson",
    ),
)
Index(
    "reports_once_per_stage",
    reports.c.class_id,
    reports.c.stage,
    unique=True,
    sqlite_where=text("undone_at IS NULL"),
    postgresql_where=text("undone_at IS NULL"),
)
Index(
    "reports_undone",
    reports.c.class_id,
    reports.c.stage,
    reports.c.undone_at,
    sqlite_where=text("undone_at IS NOT NULL"),
    postgresql_where=text("undone_at IS NOT NULL"),
)

# --- votes ------------------------------------------------------------------------------------------------------------

vote_log = Table(
    "vote_log",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(10), nullable=False),
    Column("at", Instant, nullable=False),
    Column("about", ForeignKey("vote_log.seq")),
    Column("number", Number, nullable=False),
    Column("voter", String(64), nullable=False),
    Column("voter_key", String(64)),
    Column("decision_id", BigInteger),
    Column("previous_hash", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False),
    one_of("kind", "vote", "set_aside", "restored", "moved", name="kind_known"),
    CheckConstraint("(kind = 'vote') = (about IS NULL)", name="what_is_no_vote_is_about_one"),
    comment="Append-only, hash-chained, never changed. voter, voter_key: pseudonyms. about: the vote a row changes.",
)

chain_head = Table(
    "chain_head",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
    CheckConstraint("id = 1", name="single_row"),
    comment="The end of the vote log; its row is locked last in every transaction that appends.",
)

votes = Table(
    "votes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", ForeignKey("people.id"), unique=True),
    Column("voter", String(64), nullable=False, unique=True),
    Column("voter_key", String(64), unique=True),
    Column("number", ForeignKey("participant_ids.number"), nullable=False),
    Column("cast_at", Instant, nullable=False),
    Column("shown_as", String(10), nullable=False),
    Column("receipt", String(16), nullable=False, unique=True),
    Column("counted", Boolean, nullable=False, server_default=text("true")),
    Column("seq", ForeignKey("vote_log.seq"), nullable=False),
    CheckConstraint("person_id IS NOT NULL OR voter_key IS NOT NULL", name="has_a_voter"),
    one_of("shown_as", "name", "masked", name="shown_as_known"),
    Index("votes_by_number_newest", "number", "cast_at", "id"),
    comment="Votes as they stand now: one per person, one per voter key. How they came about is in vote_log.",
)

tallies = Table(
    "tallies",
    metadata,
    Column("number", ForeignKey("participant_ids.number"), primary_key=True),
    Column("votes", Integer, nullable=False),
    Column("reached_at", Instant),
    CheckConstraint("votes >= 0", name="votes_not_negative"),
    Index("tallies_by_rank", text("votes DESC"), "reached_at", "number"),
    comment="Counted votes of a participant and when the latest of them came: kept, not counted.",
)

histogram = Table(
    "histogram",
    metadata,
    Column("votes", Integer, primary_key=True, autoincrement=False),
    Column("participants", Integer, nullable=False),
    CheckConstraint("votes > 0", name="votes_positive"),
    CheckConstraint("participants >= 0", name="participants_not_negative"),
    comment="How many participants have exactly so many votes: a place is a sum over the few rows above.",
)

tally_times = times.declared(metadata)

money_offers = Table(
    "money_offers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("number", ForeignKey("participant_ids.number"), nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("person_id", "number"),
    comment="«Предлагают деньги за голос»: who said so about which ID.",
)

# --- the pipeline -----------------------------------------------------------------------------------------------------

dialogues = Table(
    "dialogues",
    metadata,
    Column("id", Id, primary_key=True),
    Column("messenger", String(10), nullable=False),
    Column("peer", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("question", Text),
    Column("errand", Text),
    Column("errand_at", Instant),
    Column("last_ref", String(64)),
    Column("locale", String(2), nullable=False, server_default="ru"),
    Column("hinted", Boolean, nullable=False, server_default=text("false")),
    Column("touched_at", Instant, nullable=False),
    UniqueConstraint("messenger", "peer", "user_id"),
    comment="(messenger, peer, person): the open question, the errand of a deep link. touched_at is real time.",
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("messenger", String(10), nullable=False),
    Column("event_id", String(80), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("peer", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("cmid", BigInteger),
    Column("content", Text),
    Column("happened_at", Instant, nullable=False),
    Column("arrived_at", Instant, nullable=False),
    Column("arrived_real_at", Instant, nullable=False),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("retry_at", Instant),
    Column("handled_at", Instant),
    Column("set_aside_at", Instant),
    Column("trace", Text),
    UniqueConstraint("messenger", "event_id"),
    comment="What came in. happened_at, arrived_at: campaign time; *_real_at, retry_at, handled_at: real time.",
)
Index(
    "inbox_unhandled",
    inbox.c.id,
    sqlite_where=text("handled_at IS NULL"),
    postgresql_where=text("handled_at IS NULL"),
)
Index("inbox_handled", inbox.c.handled_at)
Index(
    "inbox_one_per_message",
    inbox.c.messenger,
    inbox.c.peer,
    inbox.c.cmid,
    unique=True,
    sqlite_where=text("kind = 'message' AND cmid IS NOT NULL"),
    postgresql_where=text("kind = 'message' AND cmid IS NOT NULL"),
)

bodies = Table(
    "bodies",
    metadata,
    Column("id", Id, primary_key=True),
    Column("random_id", Integer, nullable=False),
    Column("text", Text),
    Column("keyboard", Text),
    Column("recipe", Text),
    Column("attachment", Text),
    Column("created_at", Instant, nullable=False),
    Column("erased_at", Instant),
    CheckConstraint("random_id <> 0", name="random_id_not_zero"),
    comment="What is said, once for all who get it. keyboard, recipe: JSON. All times real.",
)
Index(
    "bodies_not_erased",
    bodies.c.created_at,
    sqlite_where=text("erased_at IS NULL"),
    postgresql_where=text("erased_at IS NULL"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("body_id", ForeignKey("bodies.id"), nullable=False),
    Column("messenger", String(10), nullable=False),
    Column("peer", BigInteger, nullable=False),
    Column("user_id", BigInteger),
    Column("kind", String(10), nullable=False),
    Column("lane", SmallInteger, nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    Column("not_before", Instant),
    Column("expires_at", Instant),
    Column("first_offered_at", Instant),
    Column("closed_at", Instant),
    Column("cmid", BigInteger),
    Column("reason", String(200)),
    Column("target_id", BigInteger),
    Column("target_cmid", BigInteger),
    Column("ticket", String(80)),
    one_of("kind", "message", "edit", "pop_up", "fetch", name="kind_known"),
    one_of("state", "queued", "offered", "sent", "refused", "expired", "uncertain", name="state_known"),
    # A body goes to a peer once: whoever resumes a broadcast, or runs it twice, cannot repeat it to anybody.
    Index("outbox_once_per_peer", "body_id", "messenger", "peer", unique=True),
    comment="Deliveries of bodies. All times real. ticket: of the press that a pop-up answers.",
)
Index(
    "outbox_open",
    outbox.c.lane,
    outbox.c.id,
    sqlite_where=text("state IN ('queued', 'offered')"),
    postgresql_where=text("state IN ('queued', 'offered')"),
)

attachments = Table(
    "attachments",
    metadata,
    Column("recipe_hash", String(64), primary_key=True),
    Column("peer", BigInteger, primary_key=True, autoincrement=False),
    Column("attachment", Text, nullable=False),
    Column("uploaded_at", Instant, nullable=False),
    comment="Files that the messenger already has, by recipe; peer is 0 for files that everybody may get.",
)

cursors = Table(
    "cursors",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("value", Text, nullable=False),
    comment="How far a loop has read: the Long Poll's ts, a job's place.",
)

campaign_clock = Table(
    "campaign_clock",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("campaign_at", Instant, nullable=False),
    Column("real_at", Instant, nullable=False),
    Column("speed", String(20), nullable=False, server_default="1"),
    CheckConstraint("id = 1", name="single_row"),
    comment="A rehearsal's clock: campaign time was campaign_at at the real time real_at. Empty: no rehearsal.",
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(128), nullable=False),
    comment="The key of the pseudonyms; erased by the retention job, after which nobody can be found again.",
)
