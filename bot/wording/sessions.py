"""Strategic sessions in words: teams and members, where a session stands, what a vote came to."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from math import ceil
from zoneinfo import ZoneInfo

from bot.domain.identifiers import TeamId
from bot.domain.sessions.agenda import Phase, Stage
from bot.domain.sessions.course import FEWEST_TEAMS, Act, Course, Planned, Step, StepState, following
from bot.domain.sessions.results import Place
from bot.domain.sessions.teams import Team
from bot.wording.dates import say_time
from bot.wording.sentences import say

Teams = Mapping[TeamId, Team]


def say_team(locale: str, team: Team) -> str:
    """A team as lists and buttons show it: «3. Орлы»."""
    return say(locale, "session-team-numbered", number=str(team.number), name=team.name)


def say_member(locale: str, number: int, name: str | None) -> str:
    """A member as others see them. name: None for who is shown by the number."""
    return say(locale, "session-member-masked", number=str(number)) if name is None else name


def say_planned(locale: str, planned: Planned, teams: Teams) -> str:
    """A step that comes next, as the button that begins it says it."""
    team = "" if planned.team is None else say_team(locale, teams[planned.team])
    return say(locale, "button-session-begin", phase=planned.phase.value, stage=planned.stage.title, team=team)


def say_step(locale: str, agenda: Sequence[Stage], step: Step, teams: Teams) -> str:
    """Which stage and which phase of it: «Этап 2 из 3. «Что мешает?»: работа команд»."""
    place = next(place for place, stage in enumerate(agenda) if stage.id == step.stage)
    team = "" if step.team is None or step.team not in teams else teams[step.team].name
    return say(
        locale,
        "session-step",
        number=str(place + 1),
        of=str(len(agenda)),
        title=agenda[place].title,
        phase=step.phase.value,
        team=team,
    )


def say_timer(locale: str, step: Step, zone: ZoneInfo) -> str:
    """Until when it goes, how much is left in a pause, or that the time is over."""
    until = say_time(step.ends_at, zone) if step.ends_at is not None else ""
    kind = "closed" if step.phase is Phase.VOTE and step.state is StepState.OVER else step.state.value
    return say(locale, "session-timer", state=kind, until=until, minutes=minutes_of(step.left or timedelta(0)))


def minutes_of(left: timedelta) -> int:
    """Whole minutes, a begun one counted as whole; never less than 0."""
    return max(ceil(left / timedelta(minutes=1)), 0)


def say_result(locale: str, places: Sequence[Place], teams: Teams, *, with_jury: bool) -> str:
    """The places of a vote, one a line, ties named."""
    return "\n".join(_line(locale, place, teams, with_jury=with_jury) for place in places)


def _line(locale: str, place: Place, teams: Teams, *, with_jury: bool) -> str:
    score = place.score
    return say(
        locale,
        "session-place",
        kind="shared" if place.is_shared else "single",
        first=str(place.first),
        last=str(place.last),
        team=teams[score.team].name,
        ballots=score.ballots,
        could=str(score.could_vote),
        with_jury="yes" if with_jury else "no",
        jury=score.jury,
        jury_could=str(score.jury_could),
    )


# --- the desk


def say_desk(
    locale: str, course: Course, teams: Teams, zone: ZoneInfo, *, title: str, joined: int, placed: int, turnout: str
) -> str:
    """Where the session stands, for those who lead it. turnout: of an open vote, `session-vote-turnout`, else ""."""
    step = course.step
    standing = say(locale, "session-desk-before")
    if step is not None:
        standing = "\n".join([say_step(locale, course.agenda, step, teams), say_timer(locale, step, zone)])
    return say(
        locale,
        "session-desk",
        title=title,
        state="finished" if course.finished else "live",
        standing=f"{standing}\n{turnout}" if turnout else standing,
        joined=joined,
        placed=placed,
        teams=len(course.teams),
        gathered="yes" if course.gathered else "no",
        hint=_hint(course),
    )


def _hint(course: Course) -> str:
    """What is missing before the next step can begin."""
    if course.finished or course.step is not None or course.gathered:
        return "none"
    if not course.agenda:
        return "agenda"
    return "teams" if len(course.teams) < FEWEST_TEAMS else "none"


def say_act(locale: str, course: Course, act: Act, teams: Teams) -> str:
    """The label of a desk's button: what would be begun, closed or extended by it."""
    planned = following(course) if act is Act.BEGIN else None
    if planned is not None:
        return say_planned(locale, planned, teams)
    is_vote = course.step is not None and course.step.phase is Phase.VOTE
    return say(locale, "button-session-act", act=act.value, vote="yes" if is_vote else "no")
