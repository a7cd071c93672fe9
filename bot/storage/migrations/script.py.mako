<%! import re %>"""${message[0].upper()}${message[1:]}."""

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    ${re.sub(r"(?m)^ *# ###.*$", "", upgrades or "").strip() or "pass"}
