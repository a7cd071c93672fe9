"""Many calls in one request: the k-th false is the k-th error, and what cannot be told apart stays unknown."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.emulator import vkscript
from bot.messenger.channel import Call, Closed, NeverThisConversation, NeverThisMessage, NeverThisPerson, Sent
from bot.messenger.vk.execute import UNKNOWN, results, script
from bot.storage.outbox import Body
from tests.messenger.deliveries import delivery, edit, pop_up


def call(*deliveries: Any) -> Call:
    return Call(list(deliveries))


def item(peer: int, cmid: int) -> dict[str, int]:
    return {"peer_id": peer, "message_id": 1, "conversation_message_id": cmid}


def test_the_script_is_what_vk_compiles_call_by_call() -> None:
    body = Body(1, 77, 'Ёлки «раз» "два" \\ \u2028 </script>')
    message, changed, popped = delivery(body=body), edit(cmid=4), pop_up(text="Тук")
    compiled = vkscript.compiled(script([call(message), call(changed), call(popped)]))
    methods = [inner.method for inner in compiled.calls]
    assert methods == ["messages.send", "messages.edit", "messages.sendMessageEventAnswer"]
    assert compiled.calls[0].arguments["message"] == body.text
    assert compiled.calls[0].arguments["random_id"] == 77
    assert compiled.calls[1].arguments["cmid"] == 4
    assert json.loads(compiled.calls[2].arguments["event_data"])["text"] == "Тук"


def test_a_long_pop_up_is_shortened_and_an_empty_one_only_stops_the_spinner() -> None:
    long, empty = vkscript.compiled(script([call(pop_up(text="я" * 200)), call(pop_up(text=""))])).calls
    assert len(json.loads(long.arguments["event_data"])["text"]) == 90
    assert "event_data" not in empty.arguments


def test_the_kth_false_is_the_kth_error() -> None:
    first, second, third = delivery(1), delivery(2), delivery(3)
    answer = {
        "response": [False, [item(2, 9)], False],
        "execute_errors": [{"error_code": 901, "error_msg": "нельзя"}, {"error_code": 914, "error_msg": "длинно"}],
    }
    found = results([call(first), call(second), call(third)], answer)
    assert found[first.id] == NeverThisPerson("VK error 901: нельзя")
    assert found[second.id] == Sent(9)
    assert found[third.id] == NeverThisMessage("VK error 914: длинно")


def test_one_error_of_a_call_means_to_each_peer_what_it_can_mean_there() -> None:
    body = Body(1, 7, "Всем")
    anna, chat = delivery(1, body=body), delivery(2_000_000_001, body=body)
    moved = {"response": [False], "execute_errors": [{"error_code": 993, "error_msg": "MAX"}]}
    found = results([call(anna, chat)], moved)
    assert found[anna.id] == NeverThisPerson("VK error 993: MAX")
    assert found[chat.id] == NeverThisConversation("VK error 993: MAX", Closed.MOVED)


def test_of_a_conversation_and_its_member_in_one_call_each_is_refused_for_itself() -> None:
    body = Body(1, 7, "Всем")
    anna, chat = delivery(1, body=body), delivery(2_000_000_001, body=body)
    items = [{"peer_id": peer, "error": {"code": 901, "description": "нельзя"}} for peer in (1, 2_000_000_001)]
    found = results([call(anna, chat)], {"response": [items]})
    assert found[anna.id] == NeverThisPerson("VK error 901: нельзя")
    assert found[chat.id] == NeverThisMessage("VK error 901: нельзя")


def test_each_of_several_recipients_has_a_result_of_its_own_whatever_the_order() -> None:
    body = Body(1, 7, "Всем")
    anna, oleg, left_out = (delivery(peer, body=body) for peer in (1, 2, 3))
    refused = {"peer_id": 1, "error": {"code": 901, "description": "нельзя"}}
    found = results([call(anna, oleg, left_out)], {"response": [[item(2, 5), refused]]})
    assert found[anna.id] == NeverThisPerson("VK error 901: нельзя")
    assert found[oleg.id] == Sent(5)
    assert found[left_out.id] == UNKNOWN


@pytest.mark.parametrize(
    "answer",
    [
        {"response": [False, [item(2, 9)]]},
        {"response": [False, [item(2, 9)]], "execute_errors": [{"error_code": 901}, {"error_code": 10}]},
        {"response": [[item(1, 9)]]},
        {"response": 1},
        {"response": None},
    ],
)
def test_an_answer_whose_counts_disagree_leaves_everything_unknown(answer: dict[str, Any]) -> None:
    first, second = delivery(1), delivery(2)
    assert results([call(first), call(second)], answer) == {first.id: UNKNOWN, second.id: UNKNOWN}


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(
            st.sampled_from(["peer_id", "error", "code", "error_code", "conversation_message_id"]), inside
        )
    ),
    max_leaves=8,
)


@given(st.lists(st.just(False) | ANYTHING, min_size=3, max_size=3), st.data())
def test_no_answer_whatever_it_is_makes_the_sender_stumble(response: list[Any], data: st.DataObject) -> None:
    failed = sum(one is False for one in response)
    errors = data.draw(ANYTHING | st.lists(ANYTHING, min_size=failed, max_size=failed))
    deliveries = [delivery(1), edit(cmid=2), pop_up()]
    found = results([call(one) for one in deliveries], {"response": response, "execute_errors": errors})
    assert found.keys() == {one.id for one in deliveries}
