"""What the protocol of a session says, in the language of its recipe: the spreadsheet and the PDF say the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.documents.session_protocol import Question, Round, SessionProtocol, Stage, Team, TeamPlace, Work
from bot.domain.sessions.ballots import RefusedWhy
from bot.domain.sessions.results import shares
from bot.wording import say, say_day

Fact = tuple[str, str]
"""What is named, and its name: «Модератор», «Ольга П.»."""


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences about one protocol."""

    protocol: SessionProtocol

    def say(self, sentence: str, **variables: str | int) -> str:
        """A sentence of `locales/*/session_protocol.ftl` without its prefix."""
        return say(self.protocol.locale, f"protocol-{sentence}", **variables)

    def columns(self, *names: str) -> list[str]:
        """The headers of a table."""
        return [self.say("column", column=name) for name in names]

    # --- the whole session

    def date(self) -> str:
        """With the year, which the times go without. A number would be grouped: «2 026»."""
        day = self.protocol.held_on
        return self.say("held-on", day=say_day(self.protocol.locale, day), year=str(day.year))

    def facts(self) -> Iterator[Fact]:
        """What the session was, who led it and who took part; nothing about what there was none of."""
        protocol = self.protocol
        facts = {
            "date": self.date(),
            "conversation": protocol.conversation,
            "moderator": protocol.moderator,
            "helpers": ", ".join(protocol.helpers),
            "jury": ", ".join(protocol.jury),
            "opened": protocol.opened_at,
            "finished": protocol.finished_at,
            "took-part": self._took_part(),
        }
        yield from ((self.fact(name), value) for name, value in facts.items() if value)

    def fact(self, name: str) -> str:
        return self.say("fact", fact=name)

    def _took_part(self) -> str:
        teams = [team for team in self.protocol.teams if team.members]
        return self.say("took-part", teams=len(teams), members=sum(len(team.members) for team in teams))

    def recount(self) -> str:
        """How anybody gets the hash from the spreadsheet."""
        return self.say("recount", sheet=self.say("log"), column=self.say("column", column="line"))

    # --- places

    def place(self, place: TeamPlace) -> str:
        """«1», or «2–3» where it is shared."""
        if place.first == place.last:
            return str(place.first)
        return self.say("place-shared", first=place.first, last=place.last)

    def ties(self, places: Sequence[TeamPlace]) -> Iterator[str]:
        """A sentence for each place that several teams share."""
        shared = dict.fromkeys((place.first, place.last) for place in places if place.first != place.last)
        for first, last in shared:
            teams = (self.team(self.team_of(place.team)) for place in places if place.first == first)
            yield self.say("tied", first=first, last=last, teams=", ".join(teams))

    def team(self, team: Team) -> str:
        return self.say("team", name=team.name, number=team.number)

    def team_of(self, team_id: int) -> Team:
        """The team with this id; the recipe lists every one that it names."""
        return next(team for team in self.protocol.teams if team.id == team_id)

    # --- stages

    def stage(self, number: int, stage: Stage) -> str:
        return self.say("stage", number=number, title=stage.title)

    def stage_held(self, stage: Stage) -> str:
        """What kind of stage it was, and its real times."""
        kind = self.kind(stage.kind)
        if not stage.began_at:
            return self.say("stage-not-held", kind=kind)
        if not stage.ended_at:
            return self.say("stage-open", kind=kind, began=stage.began_at)
        return self.say("stage-held", kind=kind, began=stage.began_at, ended=stage.ended_at)

    def kind(self, name: str) -> str:
        """The kind of a stage, or of what belongs to one."""
        return self.say("kind", kind=name)

    def options(self, question: Question) -> Iterator[str]:
        """A line for each option, the right one marked."""
        share = shares({place: option.answers for place, option in enumerate(question.options)})
        for place, option in enumerate(question.options):
            sentence = "option-right" if place == question.right else "option"
            yield self.say(sentence, text=option.text, answers=option.answers, share=share[place])

    def share_right(self, question: Question) -> str:
        """«» where there is nothing to say."""
        return "" if question.share_right is None else self.say("share-right", share=question.share_right)

    def work(self, work: Work) -> str:
        """Whose work it is, when it came and whether the room saw it; its text stands below."""
        team = self.team_of(work.team)
        return self.say(
            "work", name=team.name, number=team.number, at=work.sent_at, by=work.by, **_shown_and_picture(work)
        )

    def work_state(self, work: Work) -> str:
        return self.say("work-state", **_shown_and_picture(work))

    # --- votes

    def round(self, one: Round, stage: Stage) -> str:
        """The round's heading: of several in its stage only the last one counts."""
        standing = "only" if len(stage.rounds) == 1 else "last" if one is stage.rounds[-1] else "earlier"
        return self.say("round", standing=standing, number=one.number)

    def about_round(self, one: Round) -> Iterator[str]:
        """Its rules and times, who could vote and did, what was refused."""
        tallies = "hidden" if one.is_hidden else "live"
        yield self.say(
            "round-rules", opened=one.opened_at, closed=one.closed_at, tallies=tallies, rule=one.tie_rule.value
        )
        yield self.say(
            "round-turnout",
            voted=one.voted,
            electors=one.electors,
            members=max(one.electors - one.jurors, 0),
            jurors=one.jurors,
        )
        yield self._refused(one)

    def _refused(self, one: Round) -> str:
        return self.say(
            "round-refused",
            total=sum(one.refused.values()),
            closed=one.refused.get(RefusedWhy.CLOSED, 0),
            already=one.refused.get(RefusedWhy.ALREADY_VOTED, 0),
            entitled=one.refused.get(RefusedWhy.NOT_ENTITLED, 0),
            own=one.refused.get(RefusedWhy.OWN_TEAM, 0),
        )


def _shown_and_picture(work: Work) -> dict[str, str | int]:
    return {"shown": "yes" if work.is_shown else "no", "picture": "yes" if work.has_picture else "no"}
