"""The protocol of a session on A4: the results first, then each stage, the teams, the moderator's acts, the hash.

The same recipe gives the same bytes.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bot.documents.session_protocol import Question, Round, SessionProtocol, Stage, Team, TeamPlace, Work
from bot.documents.session_protocol_words import Words

if TYPE_CHECKING:
    from bot.documents.a4_pages import A4Pages

MEMBERS_AT_ONCE = 90  # names of a team that are read down three columns before the next thirty lines begin
LINE = 4.4  # millimetres


def document(content: Mapping[str, Any]) -> bytes:
    """The PDF file."""
    from bot.documents.a4_pages import A4Pages  # 0.4 s and 40 MiB that a running bot does without

    protocol = SessionProtocol.model_validate(content)
    words = Words(protocol)
    pages = A4Pages(
        words.say("heading-named", session=protocol.session),
        language=protocol.locale,
        dated=protocol.held_on,
        foot=words.say("foot", session=protocol.session, date=words.date()),
        numbered=lambda page, pages: words.say("page", page=page, pages=pages),
    )
    _write_session(pages, words)
    _write_results(pages, words)
    _write_stages(pages, words)
    _write_teams(pages, words)
    _write_acts(pages, words)
    _write_log(pages, words)
    return pages.stored()


def _write_session(pages: "A4Pages", words: Words) -> None:
    pages.paragraph(words.say("heading"), quiet=True, after=0.5)
    pages.heading(words.protocol.session, 1)
    for label, named in words.facts():
        pages.fact(label, named)


def _write_results(pages: "A4Pages", words: Words) -> None:
    pages.heading(words.say("results"))
    if not words.protocol.rounds:
        pages.paragraph(words.say("no-votes"))
    _write_places(pages, words, words.protocol.places)
    for tie in words.ties(words.protocol.places):
        pages.paragraph(tie, small=True, after=0.4)


def _write_places(pages: "A4Pages", words: Words, places: Sequence[TeamPlace]) -> None:
    if not places:
        return
    jury = any(place.jury_could for place in places)
    headers = words.columns("place", "number", "team", "ballots", "could-vote", *["jury"] * jury)
    rows = (_place(words, place, jury=jury) for place in places)
    pages.table(headers, rows, widths=(19, 13, 76, 19, 27, 20)[: len(headers)], align="LRLRRR"[: len(headers)])


def _place(words: Words, place: TeamPlace, *, jury: bool) -> list[str]:
    team = words.team_of(place.team)
    row = [words.place(place), str(team.number), team.name, str(place.ballots), str(place.could_vote)]
    return [*row, words.say("jury-share", ballots=place.jury, could=place.jury_could)] if jury else row


def _write_stages(pages: "A4Pages", words: Words) -> None:
    pages.heading(words.say("stages"))
    for number, stage in enumerate(words.protocol.stages, 1):
        pages.heading(words.stage(number, stage), 3)
        pages.paragraph(words.stage_held(stage), quiet=True)
        pages.paragraph(words.say("task", task=stage.task) if stage.task else "", as_typed=True)
        for place, question in enumerate(stage.questions, 1):
            _write_question(pages, words, place, question)
        for work in stage.works:
            _write_work(pages, words, work)
        for one in stage.rounds:
            _write_round(pages, words, one, stage)


def _write_question(pages: "A4Pages", words: Words, number: int, question: Question) -> None:
    pages.keep_together(LINE * (2 + len(question.options)))
    pages.paragraph(words.say("question", number=number, text=question.text), after=0.4)
    for option in words.options(question):
        pages.paragraph(option, indent=6, after=0.2)
    pages.paragraph(words.share_right(question), indent=6, quiet=True, after=0.2)
    pages.space(1.2)


def _write_work(pages: "A4Pages", words: Words, work: Work) -> None:
    pages.keep_together(LINE * 3)
    pages.paragraph(words.work(work), quiet=True, after=0.2)
    pages.paragraph(work.text, as_typed=True, indent=6)


def _write_round(pages: "A4Pages", words: Words, one: Round, stage: Stage) -> None:
    pages.keep_together(LINE * 10)
    pages.space(1.5)
    pages.paragraph(words.round(one, stage), bold=True, after=0.6)
    for sentence in words.about_round(one):
        pages.paragraph(sentence, after=0.6)
    _write_places(pages, words, one.places)


def _write_teams(pages: "A4Pages", words: Words) -> None:
    pages.heading(words.say("teams"))
    for team in words.protocol.teams:
        members = [f"{place}. {member}" for place, member in enumerate(team.members, 1)]
        lines = min(-(-len(members) // 3), MEMBERS_AT_ONCE // 3)
        pages.heading(_team_heading(words, team), 3, with_next=LINE * lines)
        for start in range(0, len(members), MEMBERS_AT_ONCE):
            pages.columns(members[start : start + MEMBERS_AT_ONCE])


def _team_heading(words: Words, team: Team) -> str:
    sentence = "team-heading" if team.members else "team-empty"
    return words.say(sentence, number=team.number, name=team.name, members=len(team.members))


def _write_acts(pages: "A4Pages", words: Words) -> None:
    if acts := words.protocol.acts:
        pages.heading(words.say("acts"))
        headers = words.columns("time", "who", "act")
        rows = ((act.at, act.who or words.say("by-itself"), act.what) for act in acts)
        pages.table(headers, rows, widths=(32, 40, 102), align="LLL")


def _write_log(pages: "A4Pages", words: Words) -> None:
    """The hash of each round; the last one, with the way to recount it, ends the document."""
    pages.heading(words.say("log"))
    if words.protocol.rounds:
        pages.table(
            words.columns("stage", "round", "cast", "hash"), _hashes(words), widths=(14, 16, 18, 126),
            align="RRRL", mono=3,
        )  # fmt: skip
        pages.keep_together(LINE * 14)
        pages.paragraph(words.recount())
        pages.paragraph(words.fact("hash"), quiet=True, after=0.4)
        pages.paragraph(words.protocol.log_hash, mono=True)
    else:
        pages.paragraph(words.say("log-empty"))
    if pages.lacks_signs:
        pages.paragraph(words.say("sign-missing"), quiet=True)


def _hashes(words: Words) -> Iterator[Sequence[str]]:
    numbers = {one.id: number for number, stage in enumerate(words.protocol.stages, 1) for one in stage.rounds}
    for one in words.protocol.rounds:
        yield str(numbers[one.id]), str(one.number), str(len(one.ballots)), one.hash
