"""Answering one API call: is the method known, the version told, the token right, the rate kept; then the method
itself."""

from typing import Any

from bot.emulator import vkscript
from bot.emulator.calls import CallLog
from bot.emulator.community import Community
from bot.emulator.errors import ApiError
from bot.emulator.faults import Faults
from bot.emulator.long_poll import version_of
from bot.emulator.methods import METHODS
from bot.emulator.parameters import Parameters
from bot.emulator.rate import CallRate, Quota

OLDEST_VERSION = (5, 81)
NO_VERSION = "v (version) is required"
OLD_VERSION = 'versions below 5.81 are deprecated. Version param should be passed as "v"'


class Api:
    """The API of one community for one token."""

    def __init__(self, community: Community, token: str, rate: CallRate, faults: Faults, calls: CallLog) -> None:
        self.community = community
        self.rate = rate
        self.faults = faults
        self.calls = calls
        self.quotas: list[Quota] = []
        self._token = token

    def answer(self, method: str, token: str, values: dict[str, str]) -> dict[str, Any]:
        """The whole JSON answer to a call; `values` are its parameters without the token."""
        try:
            answer = self._answered(method, token, values)
        except ApiError as refusal:
            answer = {"error": _told(refusal, method, values)}
        call = self.calls.add(self.community.now(), method, values, answer)
        self.community.changes.tell("call", call)
        return answer

    def _answered(self, method: str, token: str, values: dict[str, str]) -> dict[str, Any]:
        if method != "execute" and method not in METHODS:
            raise ApiError(3)
        _check_version(values.get("v", ""))
        if token != self._token:
            raise ApiError(5, "invalid access_token (4)." if token else "no access_token passed.")
        self.rate.count(self.community.now())
        if method == "execute":
            self._misbehave(method)
            return self._executed(vkscript.compiled(Parameters(values).required("code")))
        return {"response": self._called(method, values)}

    def _called(self, method: str, values: dict[str, str]) -> Any:
        self._misbehave(method)
        for quota in self.quotas:
            if quota.method == method:
                quota.count(self.community.now())
        return METHODS[method](self.community, Parameters(values))

    def _misbehave(self, method: str) -> None:
        fault = self.faults.meet(method, ("error",))
        if fault is not None and fault.code is not None:
            raise ApiError(fault.code)

    def _executed(self, script: vkscript.Script) -> dict[str, Any]:
        errors: list[dict[str, Any]] = []
        results = [self._inner(call, errors) for call in script.calls[: vkscript.MOST_CALLS]]
        if len(script.calls) > vkscript.MOST_CALLS:
            # A run-time error: what ran before it has happened, which is the unkind reading of VK's silence about this.
            raise ApiError(13, "Too many API calls")
        answer: dict[str, Any] = {"response": results if script.is_list else results[0]}
        return answer | {"execute_errors": errors} if errors else answer

    def _inner(self, call: vkscript.InnerCall, errors: list[dict[str, Any]]) -> Any:
        try:
            if call.method not in METHODS:
                raise ApiError(3)
            return self._called(call.method, vkscript.as_parameters(call.arguments))
        except ApiError as refusal:
            errors.append({"method": call.method, "error_code": refusal.code, "error_msg": refusal.message})
            return False


def _check_version(version: str) -> None:
    if not version:
        raise ApiError(8, NO_VERSION)
    try:
        known = version_of(version) >= OLDEST_VERSION
    except ValueError:
        known = False
    if not known:
        raise ApiError(8, OLD_VERSION)


def _told(refusal: ApiError, method: str, values: dict[str, str]) -> dict[str, Any]:
    asked = [{"key": "method", "value": method}, {"key": "oauth", "value": "1"}]
    asked += [{"key": name, "value": value} for name, value in values.items()]
    return {"error_code": refusal.code, "error_msg": refusal.message, "request_params": asked}
