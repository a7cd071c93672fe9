"""The control API: what the chat page (and anybody with curl) does in place of the people in the local VK.

Everything is JSON over HTTP on the emulator's own port, under `/control/`. Only the same origin may call it: a `Host`
that is a name other than localhost, or an `Origin` of another site, gets 403. Requests with a body say
`Content-Type: application/json` (uploads: multipart/form-data), otherwise 415. An error is `{"error": "what is wrong"}`
with status 400 (wrong input; an unknown field is one), 404 (no such person, message, part) or 409 (the screen does not
offer this). Times are seconds since the epoch in real time, except the campaign's clock.

What the answers are made of

Person      {"id": 100001, "first_name": "Анна", "last_name": "Кузнецова", "callback_buttons": true,
             "is_member": false, "dialogue": {"peer_id": 100001, "allowed": true, "unread": 2,
             "begin_offered": false, "last_message": Message | null}}
            allowed: may the community write to them · begin_offered: nothing was said yet, show «Начать», no input
Message     {"cmid": 7, "id": 31, "peer_id": 100001, "from_id": 100001 | -GROUP, "out": bool (the community wrote it),
             "text": "...", "date": 1760000000.2, "edited_at": null | 1760000009.0, "deleted": false,
             "payload": null | "JSON text", "ref": null | "c7-x91", "random_id": 0,
             "keyboard": null | Keyboard (only an inline one: it hangs below this message),
             "attachments": [Attachment], "reply_to": null | Quote, "forwards": [Quote],
             "template": null | Carousel, "action": null | Action}
            in a conversation id is 0; cmid counts the messages that the bot cannot see as well
Quote       {"cmid": 6, "from_id": 100001, "text": "...", "attachments": [Attachment]}
Keyboard    {"inline": false, "one_time": false, "buttons": [[Button, ...], ...]}     rows of buttons, top to bottom
Button      {"action": {"type": "text|callback|open_link|location|open_app|vkpay", "label": "За",
             "payload": "JSON text", "link": "https://..." (open_link)},
             "color": "primary|secondary|positive|negative" (text and callback only)}
Carousel    {"type": "carousel", "elements": [{"title"?, "description"?, "photo_id"?, "photo"? (the object below),
             "action"?: {"type": "open_link", "link"} | {"type": "open_photo"}, "buttons": [Button]}]}
Action      {"type": "chat_create" | "chat_title_update", "text": "..."}
            {"type": "chat_invite_user" | "chat_kick_user", "member_id": 100001 | -GROUP}   kicked by himself: he left
            {"type": "chat_pin_message" | "chat_unpin_message", "member_id": who did it, "conversation_message_id": 4,
             "message"?: its text}
Conversation {"peer_id": 2000000001, "title": "Педсовет",
             "members": [{"id": 100001 | -GROUP, "is_admin": bool, "is_owner": bool, "invited_by": 100001}],
             "bot": {"present": bool, "is_admin": bool, "sees_all": bool}, "pinned_cmid": null | 4,
             "refused_with": null | 993 (error of every message that the bot sends there),
             "last_message": Message | null, "unread": {"100001": 2} (of each person in it)}
Attachment  {"type": "doc", "doc": {"id", "owner_id", "title", "size" (bytes), "ext", "url" (download it there)}}
            {"type": "photo", "photo": {"id", "owner_id", "sizes": [{"type", "url", "width", "height"}]}}
            {"type": "audio_message", "audio_message": {"id", "owner_id", "access_key", "duration" (seconds),
             "waveform": [128 heights of 0 to 31], "link_ogg", "link_mp3" (the recording as it came, under both)}}
            {"type": "sticker", "sticker": {"sticker_id": 9, ...}}, or another VK type
PopUp       {"ticket": "a1b2...", "peer_id": 100001, "user_id": 100001, "cmid": 7 | null, "at": 1760000001.0,
             "event_data": null (only stops the spinner) | {"type": "show_snackbar", "text": "..."}
                           | {"type": "open_link", "link": "https://..."}}
Call        {"number": 12, "at": 1760000001.0, "method": "messages.send", "params": {...},
             "response": ... | "error": {...}}
Event       {"number": 5, "at": 1760000001.0, "type": "message_new", "event_id": "...", "object": {...}}
Fault       {"id": 1, "method": "messages.send", "kind": "error", "code": 9, "times": 1 | null, "delay_s": 0.0}
            the kinds and what they do: `faults.py`
Clock       {"now": "2017-11-08T09:00:00+03:00", "speed": 1.0}

Who is there

GET  /control/community           -> {"id", "name", "screen_name", "now", "clock": Clock | null, "calls_per_second",
                                      "settings": {"bot_capabilities": bool, "bots_add_to_chat": bool}}
                                  a deep link is vk.me/<screen_name>?ref=R&ref_source=S; the page opens it itself
POST /control/community           {"bot_capabilities"?, "bots_add_to_chat"?} -> as GET; without the first VK refuses
                                  keyboards and conversations (912), without the second nobody can invite the community
GET  /control/persons             -> {"persons": [Person, ...]}, latest dialogue first
POST /control/persons             {"first_name", "last_name"?, "user_id"?, "callback_buttons"?} -> 201 Person
GET  /control/persons/{id}        -> Person

Conversations

GET    /control/conversations     -> {"conversations": [Conversation, ...]}, the latest first
POST   /control/conversations     {"owner": person, "title", "members"?: [person]} -> 201 Conversation, without the
                                  community: it is invited next
GET    /control/conversations/{peer_id}            -> Conversation
POST   /control/conversations/{peer_id}/members    {"by": person, "member": person | -GROUP} -> Conversation
                                  409 if `by` is not in it, the member is, or the community does not let itself be added
DELETE /control/conversations/{peer_id}/members/{member_id}?by=PERSON     -> Conversation; by = member: leaves, else
                                  removes, 409 unless owner or admin
POST   /control/conversations/{peer_id}/title      {"by": person, "title"} -> Conversation
POST   /control/conversations/{peer_id}/rights     {"member": person | -GROUP, "is_admin": bool} or {"sees_all": bool}
                                                   -> Conversation; 409 if the member (the community) is not in it
POST   /control/conversations/{peer_id}/refuse     {"code": 993 | null} -> Conversation

What a person sees and does in the dialogue with the community, or with peer_id in a conversation (409 unless a member)

GET  /control/dialogues/{peer_id}?before=CMID&count=50
                                  -> {"peer_id", "allowed", "begin_offered", "typing": bool,
                                      "keyboard": Keyboard | null (the one below the input),
                                      "messages": [Message, ...] (oldest first), "more": bool (older ones exist),
                                      "open_presses": [{"ticket", "cmid", "at"}] (spinners, up to 60 s),
                                      "conversation": Conversation | null}
POST /control/persons/{id}/write  {"text"?, "ref"?, "ref_source"?, "payload"?, "attachments"?: [Attachment],
                                   "sticker_id"? (alone), "reply_to"?: cmid, "peer_id"?,
                                   "forwards"?: [cmid] | [{"peer_id", "cmid"}]} -> {"message": Message}
                                  in a conversation @screen_name and @clubGROUP become the community's mention
POST /control/persons/{id}/begin  {"ref"?, "ref_source"?} -> {"message": Message}; 409 unless begin_offered or a ref
POST /control/persons/{id}/press  {"cmid": 7 (below that message) | null (below the input), "row": 0, "column": 1,
                                   "peer_id"?}; of a carousel row is the card, column its button
                                  -> {"message": Message} after a text button
                                     {"ticket": "..."} after a callback button: spin until its pop-up, at most 60 s
                                     {"link": "https://..."} for open_link: VK hears nothing of it
                                  409 if that button is not there; with "payload": "JSON text" in place of row and
                                  column a callback button as a tampered app presses it, whatever is on the screen
POST /control/persons/{id}/files?as=doc|photo|voice   multipart, field `file` -> 201 {"attachment": Attachment}, to be
                                  passed to write; 400 for what VK does not take
POST /control/persons/{id}/read   {"peer_id"?} -> Person; everything up to the newest message is read
POST /control/persons/{id}/deny   {} -> Person; messages from the community are forbidden
POST /control/persons/{id}/allow  {} -> Person; and allowed again
POST /control/persons/{id}/join   {} -> Person; a member of the community from now on
POST /control/persons/{id}/leave  {} -> Person; no longer

What goes on

GET  /control/stream              Server-Sent Events; `event:` names the kind, `data:` is one JSON object
        message   {"peer_id", "message": Message, "keyboard": Keyboard | null}   from either side; below the input
        edited    {"peer_id", "message": Message}
        deleted   {"peer_id", "cmid"}
        popup     PopUp
        typing    {"peer_id"}              shown for 10 s or until the next message
        person    Person                   somebody new, or a member of the community now or no longer
        dialogue  {"peer_id", "allowed", "keyboard"}     allowed, forbidden or read
        conversation  Conversation         new, or its members, title, rights, pin, refusal or unread changed
        call      Call
        event     Event
        clock     Clock                    moved or set
        callback  {"id", "status", "waiting", "paused_until"}     of a Callback server: something was sent or changed
        lagged    {}                       this reader was too slow and missed something: load anew; the stream goes on
                                  a comment every 15 s keeps the connection open
GET  /control/calls?after=NUMBER  -> {"calls": [Call, ...]}, oldest first; the token is never among the parameters
GET  /control/events?after=NUMBER -> {"events": [Event, ...]}, what Long Poll still keeps

Making VK misbehave

GET    /control/faults            -> {"faults": [Fault, ...]}, those still waiting
POST   /control/faults            {"method", "kind", "code"?, "times"?, "delay_s"?} -> 201 Fault
DELETE /control/faults            -> {"faults": []}
POST   /control/long-poll         {"act": "restart" | "expire_key" | "trim"} -> {}
POST   /control/events/{event_id}/repeat    {} -> Event; the same event once more
POST   /control/limits            {"calls_per_second"?: 20 | null, "chat_messages_per_minute"?: 20 | null} -> both;
                                  the second is the bot's in one conversation (error 9), none at first

Callback servers, which the bot adds and sets by itself (`groups.addCallbackServer` and so on)

GET  /control/callback            -> {"servers": [{"id", "title", "url", "status": "wait|ok|failed",
                                       "waiting": 3 (events neither taken nor given up), "paused_until": null | seconds,
                                       "deliveries": [{"number", "at", "event_id", "type", "retry": 0 (1-5: again),
                                                       "status": 200 | null (no answer), "body": "ok" (60 characters)}]
                                       (the latest 50, oldest first)}],
                                      "time_scale": 1.0, "answer_within_s": 8.0, "pause_after": 10, "pause_s": 300.0}
POST /control/callback            any of the last four -> as GET. time_scale (above 0, at most 1) shrinks the waits
                                  for retries and pauses, those begun too; the other three are guesses of ours about
                                  VK: how long a server may take to answer, after how many failures in a row it is
                                  left alone, and for how long
                                  Fault `reorder` of method `callback`: the next `times` events are sent after the
                                  one that follows them

The campaign's clock (404 where whoever runs us plugged none in)

GET  /control/clock               -> Clock
POST /control/clock               {"advance_s": 3600} or {"set": "2017-11-20T10:00:00+03:00"} -> Clock
"""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from bot.emulator.control_callback import CallbackControl
from bot.emulator.control_conversations import ConversationControl
from bot.emulator.control_input import Wrong
from bot.emulator.control_people import PeopleControl
from bot.emulator.control_workings import WorkingsControl
from bot.emulator.errors import NotOnScreen
from bot.emulator.files import UploadRefused
from bot.emulator.web_guard import guarded, refused

if TYPE_CHECKING:
    from bot.emulator.emulator import Emulator

PAGE = Path(__file__).parent / "page"
MOST_UPLOAD = 210 * 1024 * 1024
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def attach(app: web.Application, emulator: "Emulator") -> None:
    """Add the control API and, where its folder exists, the chat page to the emulator's application."""
    controlled = web.Application(middlewares=[guarded, _errors_told], client_max_size=MOST_UPLOAD)
    controlled.add_routes(PeopleControl(emulator).routes() + WorkingsControl(emulator).routes())
    controlled.add_routes(ConversationControl(emulator).routes() + CallbackControl(emulator).routes())
    app.add_subapp("/control/", controlled)
    if PAGE.is_dir():
        page = web.Application(middlewares=[guarded])
        page.router.add_static("/", PAGE)
        app.add_subapp("/page/", page)
        app.router.add_get("/", _page)


async def _page(request: web.Request) -> web.StreamResponse:
    return await guarded(request, _index)


async def _index(request: web.Request) -> web.StreamResponse:
    return web.FileResponse(PAGE / "index.html")


@web.middleware
async def _errors_told(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Wrong as wrong:
        return refused(wrong.status, str(wrong))
    except NotOnScreen as missing:
        return refused(409, str(missing))
    except LookupError as unknown:
        return refused(404, str(unknown))
    except (ValueError, UploadRefused) as invalid:
        return refused(400, str(invalid))
