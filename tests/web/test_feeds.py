"""One poller for each screen that is watched, the newest picture for all its watchers, nothing for nobody."""

import asyncio
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.web.feeds import Feeds, Rhythm, TooManyWatchers, UnknownScreen
from tests.web.rooms import TOKEN, Room, gathering

SOON_S = 5.0


@pytest.fixture
def feeds(room: Room) -> Feeds:
    """Of a room whose screen shows nothing but how many have joined."""
    room.show(gathering(joined=1))
    rhythm = Rhythm(poll_s=0, most_watchers=2)
    return Feeds(room.read_screen, lambda screen, token: f"{screen.joined} at {token}", room.clock, rhythm)


async def test_a_watcher_who_was_away_gets_the_newest_picture_only(room: Room, feeds: Feeds) -> None:
    feeds.open()
    async with feeds.watched(TOKEN) as feed:
        first = await feed.newer_than(0, SOON_S)
        for joined in (2, 3, 4):
            room.show(gathering(joined=joined))
            await looked(room, 2)
        newest = await feed.newer_than(1, SOON_S)
    assert first is not None
    assert newest is not None
    assert (first.content, newest.content) == (f"1 at {TOKEN}", f"4 at {TOKEN}")


async def test_a_picture_that_looks_the_same_is_not_told_again(room: Room, feeds: Feeds) -> None:
    feeds.open()
    async with feeds.watched(TOKEN) as feed:
        room.show(gathering(joined=1, title="What this picture does not show"))
        await looked(room, 3)
        assert await feed.newer_than(1, within_s=0) is None


async def test_a_moved_clock_is_news_though_nothing_else_has_changed(room: Room, feeds: Feeds) -> None:
    feeds.open()
    async with feeds.watched(TOKEN) as feed:
        await asyncio.to_thread(room.clock.advance, timedelta(hours=-1))
        moved = await feed.newer_than(1, SOON_S)
    assert moved is not None
    assert moved.content == f"1 at {TOKEN}"


async def test_two_watchers_of_one_screen_share_one_poller_which_ends_with_them(room: Room, feeds: Feeds) -> None:
    feeds.open()
    before = asyncio.all_tasks()
    async with feeds.watched(TOKEN) as one, feeds.watched(TOKEN) as other:
        assert one is other
        (poller,) = asyncio.all_tasks() - before
    await asyncio.wait([poller])
    assert poller.cancelled()


async def test_a_third_watcher_is_refused_where_two_are_allowed(feeds: Feeds) -> None:
    feeds.open()
    async with feeds.watched(TOKEN), feeds.watched(TOKEN):
        with pytest.raises(TooManyWatchers):
            async with feeds.watched(TOKEN):
                pass
    async with feeds.watched(TOKEN) as feed:
        assert feed.watchers == 1


async def test_a_wrong_token_is_never_asked_for_twice_by_itself(room: Room, feeds: Feeds) -> None:
    feeds.open()
    before = asyncio.all_tasks()
    with pytest.raises(UnknownScreen):
        async with feeds.watched("wrong"):
            pass
    assert (room.reads, asyncio.all_tasks()) == (1, before)


async def test_watchers_are_sent_away_when_their_screen_is_no_more_and_when_all_closes(
    room: Room, feeds: Feeds
) -> None:
    feeds.open()
    async with feeds.watched(TOKEN) as feed:
        room.hide()
        assert await feed.newer_than(1, SOON_S) is None
        assert feed.ended
    room.show(gathering())
    async with feeds.watched(TOKEN) as feed:
        feeds.close()
        assert await feed.newer_than(1, SOON_S) is None
        assert feed.ended
    with pytest.raises(TooManyWatchers):
        async with feeds.watched(TOKEN):
            pass


async def test_a_storage_that_fails_for_long_is_logged_once_and_without_words(room: Room, feeds: Feeds) -> None:
    feeds.open()
    with capture_logs() as logged:
        async with feeds.watched(TOKEN) as feed:
            room.trouble = OSError(f"token {TOKEN}")
            await looked(room, 5)
            room.trouble = None
            room.show(gathering(joined=2))
            picture = await feed.newer_than(1, SOON_S)
    assert picture is not None
    assert [line["error"] for line in logged] == ["OSError"]
    assert TOKEN not in str(logged)


async def looked(room: Room, times: int) -> None:
    """Wait until the storage has been asked that often."""
    until = room.reads + times
    while room.reads < until:
        await asyncio.sleep(0)
