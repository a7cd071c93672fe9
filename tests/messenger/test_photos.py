"""Pictures go as photos, which are seen at once; what VK does not take as one goes as a document."""

import io
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image

from bot.emulator import Fault
from bot.messenger.channel import Document, NotNowError
from bot.messenger.pace import Pace
from bot.messenger.replies import Lane, Recipe, Replies, Say
from bot.messenger.router import Router
from bot.messenger.vk.community import Community
from bot.messenger.work import Work
from tests.conversations.chat import Chat, Person
from tests.conversations.group import Group
from tests.faults.bots import HASTY, Place, place

Showing = Callable[[Recipe], AbstractAsyncContextManager[Chat]]


@pytest.fixture
async def there(sqlite_url: str) -> AsyncIterator[Place]:
    async with place(sqlite_url) as there:
        yield there


@pytest.fixture
def showing(there: Place) -> Showing:
    """A bot that answers everything with one file."""
    return lambda recipe: there.chat(router=_answering(recipe))


def _answering(recipe: Recipe) -> Router:
    router = Router()

    @router.otherwise("unclear")
    @router.otherwise("in conversation")
    def show(work: Work) -> Replies:
        return Say("Вот", recipe=recipe)

    return router


def drawn(folder: Path, width: int = 400, height: int = 300, *, name: str = "воронка.png") -> Path:
    """A picture in a file."""
    file = folder / name
    image = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(image, "PNG" if name.endswith("png") else "JPEG")
    file.write_bytes(image.getvalue())
    return file


def of_file(file: Path, *, for_everybody: bool = False) -> Recipe:
    content = {"title": file.name, "path": str(file)}
    return Recipe("package-file", content, "Файла нет", for_everybody=for_everybody)


def attached(chat: Chat, peer: int) -> list[dict[str, Any]]:
    """The attachments of everything the bot has sent to the peer."""
    return [one for message in chat.emulator.dialogue(peer).messages if message.out for one in message.attachments]


@pytest.mark.parametrize("name", ["воронка.png", "Плакат.JPG", "a.jpeg"])
async def test_a_picture_goes_as_a_photo_of_the_person_it_is_for(showing: Showing, tmp_path: Path, name: str) -> None:
    async with showing(of_file(drawn(tmp_path, name=name))) as chat:
        anna = chat.person("Анна")
        await anna.writes("покажи")
        anna.reads("Вот")
        (photo,) = attached(chat, anna.id)
        assert (photo["type"], photo["photo"]["owner_id"]) == ("photo", anna.id)
        assert (photo["photo"]["sizes"][-1]["width"], photo["photo"]["sizes"][-1]["height"]) == (400, 300)


async def test_a_picture_for_everybody_is_uploaded_once_and_belongs_to_the_community(
    showing: Showing, tmp_path: Path
) -> None:
    async with showing(of_file(drawn(tmp_path), for_everybody=True)) as chat:
        people = [chat.person("Анна"), chat.person("Олег")]
        for person in people:
            await person.writes("покажи")
        photos = [attached(chat, person.id)[0]["photo"] for person in people]
        assert [photo["owner_id"] for photo in photos] == [-chat.emulator.community.group_id] * 2
        assert photos[0]["id"] == photos[1]["id"]
        assert len(chat.emulator.calls.of("photos.saveMessagesPhoto")) == 1


async def test_a_picture_comes_into_a_conversation_as_a_photo(showing: Showing, tmp_path: Path) -> None:
    async with showing(of_file(drawn(tmp_path))) as chat:
        group = Group(chat, anna := chat.person("Анна"))
        await group.invites()
        await group.writes(anna, "/покажи")
        assert group.news == ["Вот"]
        assert [one["type"] for one in attached(chat, group.peer)] == ["photo"]


async def test_any_other_file_stays_a_document_with_its_title(showing: Showing, tmp_path: Path) -> None:
    file = tmp_path / "памятка.pdf"
    file.write_bytes(b"%PDF-1.4")
    async with showing(of_file(file)) as chat:
        anna = chat.person("Анна")
        await anna.writes("покажи")
        assert anna.documents == ["памятка.pdf"]
        assert chat.emulator.calls.of("photos.getMessagesUploadServer") == []


async def test_a_token_without_the_right_to_photos_sends_the_picture_as_a_document(
    there: Place, showing: Showing, tmp_path: Path
) -> None:
    there.emulator.community.permissions.discard("photos")
    async with showing(of_file(drawn(tmp_path))) as chat:
        anna = chat.person("Анна")
        await anna.writes("покажи")
        anna.reads("Вот")
        assert anna.documents == ["воронка.png"]


async def test_a_picture_of_a_shape_that_is_no_photo_for_vk_goes_as_a_document(
    showing: Showing, tmp_path: Path
) -> None:
    async with showing(of_file(drawn(tmp_path, width=2100, height=100))) as chat:
        anna = chat.person("Анна")
        await anna.writes("покажи")
        assert anna.documents == ["воронка.png"]


@pytest.mark.parametrize("method", ["photos.getMessagesUploadServer", "photos.saveMessagesPhoto"])
async def test_an_error_that_passes_does_not_make_a_document_of_a_photo(
    there: Place, showing: Showing, tmp_path: Path, method: str
) -> None:
    there.emulator.faults.add(Fault(method, "error", code=10))
    async with showing(of_file(drawn(tmp_path))) as chat:
        anna: Person = chat.person("Анна")
        await anna.writes("покажи")
        assert [one["type"] for one in attached(chat, anna.id)] == ["photo"]


@pytest.mark.parametrize("title", ["воронка.png", "памятка.pdf"])
async def test_a_gateways_page_in_place_of_an_uploads_answer_is_an_outage_that_passes(title: str) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.path == "/upload":
            return web.Response(text="<html>502 Bad Gateway</html>", status=502, content_type="text/html")
        return web.json_response({"response": {"upload_url": str(request.url.with_path("/upload").with_query(""))}})

    app = web.Application()
    app.router.add_post("/{path:.*}", answer)
    async with TestServer(app) as vk:
        community = Community("token", str(vk.make_url("/method/")), Pace(None), HASTY)
        with pytest.raises(NotNowError, match="JSON"):
            await community.upload(Document(title, b"\x89PNG"), None, Lane.REPLIES)
        await community.close()


def test_a_picture_is_told_by_the_ending_of_its_title_in_any_case() -> None:
    titles = ["a.png", "a.PNG", "a.jpeg", "a.jpg", "png", "a.png.xlsx", "a.gif", "a.svg"]
    assert [title for title in titles if Document(title, b"").is_picture] == titles[:4]
