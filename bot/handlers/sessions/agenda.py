"""«Повестка»: the ready one or one's own; stages with kind, title, task, minutes and order."""

from dataclasses import replace

from bot.domain.identifiers import StageId
from bot.domain.sessions.agenda import (
    LONGEST_TASK,
    LONGEST_TITLE,
    MOST_STAGES,
    PRESET,
    USUAL,
    Stage,
    StageKind,
    read_minutes,
    read_task,
    read_title,
)
from bot.handlers.sessions.access import Leading, preparing
from bot.handlers.sessions.buttons import Row, home_button, labelled, paged
from bot.messenger.keyboards import Button, Colour, Keyboard
from bot.messenger.replies import PopUp, Replies, Rewrite, Say
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.session_leading import (
    AddStage,
    AsksStage,
    AskStage,
    MoveStageUp,
    OpenAgenda,
    OpenQuestions,
    OpenStage,
    RemoveStage,
    StagePart,
    UsePreset,
)
from bot.storage import session_acts, session_agenda, sessions
from bot.wording import say

router = Router()
PAGE = 3


@router.pressed(OpenAgenda, before_consent=True)
def open_agenda(press: OpenAgenda, work: Work) -> Replies:
    found = preparing(work, press.session)
    return found if isinstance(found, PopUp) else _agenda(work, found, press.page)


def _agenda(work: Work, found: Leading, page: int = 0) -> Rewrite:
    locale, session, agenda = work.locale, found.session.id, session_agenda.agenda(work.conn, found.session.id)
    lines = "\n".join(_line(work, number, stage) for number, stage in enumerate(agenda, start=1))
    shown = list(enumerate(agenda, start=1))[page * PAGE : (page + 1) * PAGE]
    rows: list[Row] = [
        [Button(f"{number}. {stage.title}", OpenStage(session=session, stage=stage.id))] for number, stage in shown
    ]
    turning = paged(page, PAGE, len(agenda), lambda there: OpenAgenda(session=session, page=there))
    adding: Row = [labelled(locale, "button-session-stage-add", AddStage(session=session))]
    if not agenda:
        preset = labelled(locale, "button-session-preset", UsePreset(session=session), Colour.PRIMARY)
        adding.insert(0, preset)
    text = say(locale, "session-agenda", stages=len(agenda), lines=lines)
    return Rewrite(text, Keyboard([*rows, turning, adding, [home_button(locale, session)]]))


def _line(work: Work, number: int, stage: Stage) -> str:
    return say(work.locale, "session-agenda-line", number=str(number), title=stage.title, time=_time(work, stage))


def _time(work: Work, stage: Stage) -> str:
    minutes = stage.minutes
    return say(
        work.locale,
        "session-stage-time",
        kind=stage.kind.value,
        main=minutes.main,
        presentation=minutes.presentation,
        vote=minutes.vote,
    )


def _changed(work: Work, found: Leading, stage: str) -> None:
    session_acts.note(work.conn, found.session.id, found.me.id, "agenda", at=work.now, stage=stage)
    sessions.revise(work.conn, found.session.id)
    work.wake_sessions()


# --- the whole


@router.pressed(UsePreset, before_consent=True)
def use_preset(press: UsePreset, work: Work) -> Replies:
    found = preparing(work, press.session)
    if isinstance(found, PopUp):
        return found
    if not found.stands.course.agenda:  # pressed twice, it is there once
        for number, (kind, minutes) in enumerate(PRESET, start=1):
            title = say(work.locale, f"session-preset-{number}-title")
            task = say(work.locale, f"session-preset-{number}-task")
            session_agenda.add(work.conn, press.session, kind, title, task, minutes)
            _changed(work, found, title)
    return _agenda(work, found)


@router.pressed(AddStage, before_consent=True)
def add_stage(press: AddStage, work: Work) -> Replies:
    found = preparing(work, press.session)
    if isinstance(found, PopUp):
        return found
    if len(found.stands.course.agenda) >= MOST_STAGES:
        return PopUp(say(work.locale, "session-stages-most", most=MOST_STAGES))
    if press.stage is None:
        kinds: list[Row] = [
            [
                Button(
                    say(work.locale, "button-session-stage-kind", kind=kind.value),
                    AddStage(session=press.session, stage=kind),
                )
            ]
            for kind in StageKind
        ]
        text = say(work.locale, "session-stage-which")
        return Rewrite(text, Keyboard([*kinds, [home_button(work.locale, press.session)]]))
    title = say(work.locale, "session-stage-usual-title", kind=press.stage.value)
    added = session_agenda.add(work.conn, press.session, press.stage, title, "", USUAL[press.stage])
    _changed(work, found, title)
    return _asked(work, AskStage(session=press.session, stage=added, part="title"))


# --- one stage


@router.pressed(OpenStage, before_consent=True)
def open_stage(press: OpenStage, work: Work) -> Replies:
    found = preparing(work, press.session)
    return found if isinstance(found, PopUp) else _stage(work, found, press.stage)


def _stage(work: Work, found: Leading, stage_id: StageId) -> Rewrite:
    agenda = session_agenda.agenda(work.conn, found.session.id)
    place = next((place for place, stage in enumerate(agenda) if stage.id == stage_id), None)
    if place is None:
        return _agenda(work, found)
    stage = agenda[place]
    text = say(
        work.locale,
        "session-stage",
        number=str(place + 1),
        title=stage.title,
        kind=stage.kind.value,
        time=_time(work, stage),
        task=stage.task,
        has_task="yes" if stage.task else "no",
    )
    return Rewrite(text, Keyboard(_stage_buttons(work, found, agenda, place)))


def _stage_buttons(work: Work, found: Leading, agenda: tuple[Stage, ...], place: int) -> list[Row]:
    locale, session, stage = work.locale, found.session.id, agenda[place]
    back: Row = [
        labelled(locale, "button-session-agenda", OpenAgenda(session=session)),
        home_button(locale, session),
    ]
    if stage.id in session_agenda.begun(work.conn, session):
        return [back]
    parts: tuple[StagePart, ...] = ("title", "task", "minutes")
    rows: list[Row] = [
        [
            Button(
                say(locale, "button-session-stage-part", part=part),
                AskStage(session=session, stage=stage.id, part=part),
            )
            for part in parts
        ]
    ]
    if stage.kind is StageKind.QUIZ:
        rows.append([labelled(locale, "button-session-questions", OpenQuestions(session=session, stage=stage.id))])
    moving: Row = [labelled(locale, "button-session-stage-remove", RemoveStage(session=session, stage=stage.id))]
    if place > 0:
        up = MoveStageUp(session=session, stage=stage.id, before=agenda[place - 1].id)
        moving.insert(0, labelled(locale, "button-session-stage-up", up))
    return [*rows, moving, back]


def _unbegun(work: Work, found: Leading, stage_id: StageId) -> Stage | PopUp:
    """A stage that may still be changed."""
    stage = next((one for one in found.stands.course.agenda if one.id == stage_id), None)
    if stage is None:
        return PopUp(say(work.locale, "session-stage-gone"))
    if stage_id in session_agenda.begun(work.conn, found.session.id):
        return PopUp(say(work.locale, "session-stage-begun"))
    return stage


@router.pressed(MoveStageUp, before_consent=True)
def move_up(press: MoveStageUp, work: Work) -> Replies:
    found = preparing(work, press.session)
    if isinstance(found, PopUp):
        return found
    order = [stage.id for stage in found.stands.course.agenda]
    changes_places = (press.stage, press.before)
    for stage_id in changes_places:
        stage = _unbegun(work, found, stage_id)
        if isinstance(stage, PopUp):
            return stage
    if order.index(press.stage) == order.index(press.before) + 1:
        session_agenda.move_up(work.conn, press.session, press.stage)
        _changed(work, found, found.stands.course.agenda[order.index(press.stage)].title)
    return _agenda(work, found)


@router.pressed(RemoveStage, before_consent=True)
def remove_stage(press: RemoveStage, work: Work) -> Replies:
    found = preparing(work, press.session)
    if isinstance(found, PopUp):
        return found
    stage = _unbegun(work, found, press.stage)
    if isinstance(stage, PopUp):
        return stage
    session_agenda.remove(work.conn, press.stage)
    _changed(work, found, stage.title)
    return _agenda(work, found)


# --- what is typed


@router.pressed(AskStage, before_consent=True)
def ask_stage(press: AskStage, work: Work) -> Replies:
    found = preparing(work, press.session)
    if isinstance(found, PopUp):
        return found
    stage = _unbegun(work, found, press.stage)
    return stage if isinstance(stage, PopUp) else _asked(work, press)


def _asked(work: Work, press: AskStage) -> Rewrite:
    work.ask(AsksStage(session=press.session, stage=press.stage, part=press.part))
    stages = session_agenda.agenda(work.conn, press.session)
    kind = next(stage.kind for stage in stages if stage.id == press.stage)
    text = say(
        work.locale, "session-ask-stage", part=press.part, kind=kind.value, title=LONGEST_TITLE, task=LONGEST_TASK
    )
    back = OpenStage(session=press.session, stage=press.stage)
    return Rewrite(text, Keyboard([[labelled(work.locale, "button-session-stage-back", back)]]))


@router.answered(AsksStage)
def take_stage(question: AsksStage, work: Work) -> Replies:
    found = preparing(work, question.session)
    if isinstance(found, PopUp):
        work.ask(None)
        return found
    stage = _unbegun(work, found, question.stage)
    if isinstance(stage, PopUp):
        work.ask(None)
        return stage
    changed = _with(stage, question.part, work.event.content.text)
    if changed is None:
        text = say(
            work.locale,
            "session-stage-refused",
            part=question.part,
            kind=stage.kind.value,
            title=LONGEST_TITLE,
            task=LONGEST_TASK,
        )
        back = OpenStage(session=question.session, stage=question.stage)
        return Say(text, Keyboard([[labelled(work.locale, "button-session-stage-back", back)]]))
    work.ask(None)
    session_agenda.change(work.conn, changed)
    _changed(work, found, changed.title)
    return _stage(work, found, stage.id)


def _with(stage: Stage, part: StagePart, typed: str) -> Stage | None:
    """The stage with what was typed in its place; None if that cannot be it."""
    match part:
        case "title":
            title = read_title(typed)
            return None if title is None else replace(stage, title=title)
        case "task":
            task = read_task(typed)
            return None if task is None else replace(stage, task=task)
        case "minutes":
            minutes = read_minutes(typed, stage.kind)
            return None if minutes is None else replace(stage, minutes=minutes)
