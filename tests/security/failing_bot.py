"""The whole bot with one more button, whose handler fails with everything it knows in its error."""

from typing import Literal

from pydantic import BaseModel
from sqlalchemy import text

from bot.app import ROUTERS
from bot.messenger.replies import Replies
from bot.messenger.router import Router
from bot.messenger.work import Work
from bot.storage import people

router = Router()


class Fail(BaseModel, frozen=True, extra="forbid"):
    kind: Literal["fail"] = "fail"
    how: str


@router.pressed(Fail)
def fail(press: Fail, work: Work) -> Replies:
    profile = people.card(work.conn, work.who).profile
    if press.how == "database":
        work.conn.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": repr(profile)})
    raise ValueError(f"{press.how} {profile} {work.event}")


routers = [*ROUTERS, router]
