"""The Callback servers' part of the state that is kept between runs: servers, their settings, what waits for them."""

from typing import Any

from bot.emulator.callback_server import CallbackServer, Delivery, Status
from bot.emulator.callbacks import CallbackServers


def state(callbacks: CallbackServers) -> dict[str, Any]:
    """What is written down. Pauses and the log of attempts are not."""
    servers = [_server_state(server) for server in callbacks.servers.values()]
    return {"last_id": callbacks.last_id, "servers": servers}


def take_over(callbacks: CallbackServers, told: dict[str, Any]) -> None:
    """Go on with the servers of the last run; what waited for them is tried as soon as somebody is served."""
    callbacks.last_id = told["last_id"]
    callbacks.servers = {server["id"]: _server(server) for server in told["servers"]}


def _server_state(server: CallbackServer) -> dict[str, Any]:
    return {
        "id": server.id,
        "title": server.title,
        "url": server.url,
        "secret_key": server.secret_key,
        "status": server.status,
        "api_version": server.api_version,
        "switched_on": sorted(server.switched_on),
        "waiting": [_delivery_state(delivery) for delivery in server.waiting],
    }


def _delivery_state(delivery: Delivery) -> dict[str, Any]:
    return {
        "type": delivery.type,
        "event_id": delivery.event_id,
        "version": delivery.version,
        "object": delivery.object.decode(),
        "failed": delivery.failed,
    }


def _server(told: dict[str, Any]) -> CallbackServer:
    waiting = [Delivery(**delivery | {"object": delivery["object"].encode()}) for delivery in told["waiting"]]
    status, switched_on = Status(told["status"]), frozenset(told["switched_on"])
    return CallbackServer(**told | {"status": status, "switched_on": switched_on, "waiting": waiting})
