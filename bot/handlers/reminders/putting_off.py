"""«Завтра», «Через 3 дня» below a reminder."""

from bot.domain.duties import NEWS, put_off_until
from bot.messenger.replies import PopUp, Replies
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.presses.reminders import PutOff
from bot.storage import put_offs
from bot.wording import say, say_day

router = Router()
router.phrase("phrase-put-off-tomorrow", PutOff(days=1))
router.phrase("phrase-put-off-later", PutOff(days=3))


@router.pressed(PutOff)
def put_off(press: PutOff, work: Work) -> Replies:
    reminder = press.reminder or put_offs.newest(work.conn, work.who)
    if reminder is None:
        return PopUp(say(work.locale, "put-off-nothing"))
    debts = [debt for debt in put_offs.told_in(work.conn, reminder, work.who) if debt.duty not in NEWS]
    if not debts:  # somebody else's, or of a message that never arrived
        return PopUp(say(work.locale, "put-off-unknown"))
    calendar = work.campaign.calendar
    today = calendar.local_day(work.now)
    until = [
        (debt, day) for debt in debts if (day := put_off_until(today, press.days, debt.deadline, calendar)) is not None
    ]
    if not until:
        return PopUp(say(work.locale, "put-off-too-late"))
    put_offs.put_off(work.conn, work.who, until)
    return PopUp(say(work.locale, "put-off-until", day=say_day(work.locale, min(day for _, day in until))))
