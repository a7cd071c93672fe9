"""Drafts the next migration: what `../schema.py` declares and the existing steps do not build yet.

`python -m bot.storage.migrations "what it does"`; the draft is to be read and corrected, in particular renames, which
look like a drop and an addition.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from bot.storage.migrating import FOLDER, configuration, upgrade


def draft(name: str) -> None:
    """Write the next numbered file into `versions`, by comparing the schema with a migrated scratch database."""
    number = len(list(ScriptDirectory(str(FOLDER)).walk_revisions())) + 1
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'scratch.sqlite3'}"
        if number > 1:
            upgrade(url)
        with create_engine(url).begin() as conn:
            config = configuration(conn)
            config.attributes["rebuild"] = number > 1
            command.revision(config, name, autogenerate=True, rev_id=f"{number:04}")


if __name__ == "__main__":
    draft(" ".join(sys.argv[1:]))
