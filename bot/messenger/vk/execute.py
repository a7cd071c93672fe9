"""Many calls in one request: VKScript out, one result per delivery in."""

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from bot.messenger.channel import Call, CannotEdit, NeverThisMessage, NotNow, Result, Sent, Stop
from bot.messenger.vk.errors import result_for
from bot.messenger.vk.keyboards import as_vk
from bot.messenger.vk.translation import LARGEST_NUMBER
from bot.storage.outbox import Delivery, DeliveryKind

MOST_CALLS = 25
MOST_PEERS = 100
LONGEST_POP_UP = 90
LONGEST_REASON = 150
UNKNOWN_ERROR = 1

UNKNOWN = NotNow(1.0, "VK's answer does not tell", doubtful=True)


def script(calls: Sequence[Call]) -> str:
    """One `return [...]` with every call's own result in its place."""
    return f"return [{','.join(_call(call) for call in calls)}];"


def results(calls: Sequence[Call], answer: dict[str, Any]) -> dict[int, Result]:
    """The result of each delivery by its id.

    VK puts `false` in place of a failed call, and the k-th `false` is the k-th of `execute_errors`. What cannot be
    told apart stays unknown, and is offered again under the same random_id.
    """
    returned, errors = _as_list(answer.get("response")), _as_list(answer.get("execute_errors"))
    if len(returned) != len(calls) or sum(one is False for one in returned) != len(errors):
        return {delivery.id: UNKNOWN for call in calls for delivery in call.deliveries}
    failures = iter(errors)
    found: dict[int, Result] = {}
    for call, value in zip(calls, returned, strict=True):
        if value is False:
            error = next(failures)
            failed = ((one, _error(one.peer, error, "error_code", "error_msg")) for one in call.deliveries)
            found.update({delivery.id: _failed(delivery, result) for delivery, result in failed})
        else:
            found.update(_successes(call, value))
    return found


def _successes(call: Call, value: Any) -> Iterator[tuple[int, Result]]:
    if call.deliveries[0].kind is not DeliveryKind.MESSAGE:
        yield from ((delivery.id, Sent(delivery.target_cmid)) for delivery in call.deliveries)
        return
    items = [item for item in _as_list(value) if isinstance(item, dict)]
    by_peer = {item["peer_id"]: item for item in items if isinstance(item.get("peer_id"), int)}
    for delivery in call.deliveries:
        yield delivery.id, _item_result(delivery.peer, by_peer.get(delivery.peer))


def _item_result(peer: int, item: dict[str, Any] | None) -> Result:
    if item is None:
        return UNKNOWN
    error = item.get("error")
    if error is None:
        return Sent(cmid_of(item))
    return _error(peer, error, "code", "description")


def _failed(delivery: Delivery, failed: Result) -> Result:
    """An edit is refused in these ways also when its message is gone or not ours: as a message it may well go."""
    if delivery.kind is DeliveryKind.EDIT and isinstance(failed, NeverThisMessage | Stop):
        return CannotEdit(failed.reason)
    return failed


def _error(peer: int, error: Any, code: str, description: str) -> Result:
    """The meaning of an error; a page of VK's documentation calls the one of a recipient a string."""
    if not isinstance(error, dict):
        return result_for(peer, UNKNOWN_ERROR, str(error)[:LONGEST_REASON])
    number = error.get(code)
    known = number if isinstance(number, int) else UNKNOWN_ERROR
    return result_for(peer, known, str(error.get(description, ""))[:LONGEST_REASON])


def cmid_of(message: dict[str, Any]) -> int | None:
    """The message's number within its peer, where VK tells one that a column holds."""
    cmid = message.get("conversation_message_id")
    return cmid if isinstance(cmid, int) and 0 < cmid <= LARGEST_NUMBER else None


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _call(call: Call) -> str:
    first = call.deliveries[0]
    match first.kind:
        case DeliveryKind.EDIT:
            method, parameters = "messages.edit", {"peer_id": first.peer, "cmid": first.target_cmid, **_said(first)}
        case DeliveryKind.POP_UP:
            method, parameters = "messages.sendMessageEventAnswer", _pop_up(first)
        case _:
            peers = ",".join(str(delivery.peer) for delivery in call.deliveries)
            sent = {"peer_ids": peers, "random_id": first.body.random_id, "disable_mentions": 1}
            method, parameters = "messages.send", {**sent, **_said(first)}
    return f"API.{method}({orjson.dumps(parameters).decode()})"


def _said(delivery: Delivery) -> dict[str, Any]:
    body = delivery.body
    said: dict[str, Any] = {"message": body.text}
    if body.keyboard is not None:
        said["keyboard"] = as_vk(body.keyboard)
    if body.attachment is not None:
        said["attachment"] = body.attachment
    return said


def _pop_up(delivery: Delivery) -> dict[str, Any]:
    answer = {"event_id": delivery.ticket, "user_id": delivery.user_id, "peer_id": delivery.peer}
    if text := delivery.body.text:
        short = text if len(text) <= LONGEST_POP_UP else text[: LONGEST_POP_UP - 1] + "…"
        answer["event_data"] = orjson.dumps({"type": "show_snackbar", "text": short}).decode()
    return answer
