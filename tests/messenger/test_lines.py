"""Which delivery goes next: in order per peer and lane, one in flight, urgent lanes first."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.messenger.lines import Lines, batch_of
from bot.messenger.replies import Lane
from bot.storage.outbox import Body, Delivery, DeliveryState
from tests.messenger.deliveries import delivery, edit, pop_up

NOW = datetime(2017, 11, 10, tzinfo=UTC)


def filled(*deliveries: Delivery) -> Lines:
    lines = Lines()
    for one in deliveries:
        lines.add(one)
    return lines


def test_of_a_peers_lane_only_the_oldest_is_given_until_it_is_done() -> None:
    first, second = delivery(), delivery()
    lines = filled(first, second)
    assert list(lines.heads()) == [first]
    assert list(lines.heads()) == []
    lines.done(first)
    assert list(lines.heads()) == [second]


def test_what_is_in_flight_does_not_wait_and_what_stands_behind_it_does() -> None:
    first, second, other = delivery(peer=1), delivery(peer=1), delivery(peer=2)
    lines = filled(first, second)
    assert list(lines.waiting()) == [first, second]
    assert list(lines.heads()) == [first]
    lines.add(other)
    assert list(lines.waiting()) == [second, other]


def test_what_is_queued_goes_only_after_it_was_marked_and_keeps_its_place_behind_its_peers_others() -> None:
    waits, follows = delivery(state=DeliveryState.QUEUED), delivery()
    lines = filled(waits, follows)
    assert list(lines.heads()) == []
    assert lines.queued_heads(10) == [waits]
    assert lines.queued_heads(10) == []
    waits.state = DeliveryState.OFFERED
    lines.again(waits)
    assert list(lines.heads()) == [waits]


def test_only_so_many_are_marked_that_few_lie_ready_and_urgent_ones_come_first() -> None:
    ready = delivery(peer=1)
    broadcast = delivery(peer=2, lane=Lane.BROADCASTS, state=DeliveryState.QUEUED)
    reply = delivery(peer=3, state=DeliveryState.QUEUED)
    assert filled(ready, broadcast, reply).queued_heads(2) == [reply]
    assert filled(ready, broadcast, reply).queued_heads(1) == []


def test_different_peers_do_not_wait_for_each_other() -> None:
    anna, oleg = delivery(peer=1), delivery(peer=2)
    assert list(filled(anna, oleg).heads()) == [anna, oleg]


def test_a_reply_overtakes_a_reminder_to_the_same_peer() -> None:
    reminder, reply = delivery(lane=Lane.REMINDERS), delivery(lane=Lane.REPLIES)
    assert list(filled(reminder, reply).heads()) == [reply, reminder]


def test_pop_ups_of_one_peer_have_no_order_and_go_together() -> None:
    first, second = pop_up(), pop_up()
    assert list(filled(first, second).heads()) == [first, second]


def test_what_may_go_again_goes_before_what_stands_behind_it() -> None:
    first, second = delivery(), delivery()
    lines = filled(first, second)
    assert list(lines.heads()) == [first]
    lines.again(first)
    assert list(lines.heads()) == [first]


def test_a_delivery_is_taken_in_once() -> None:
    one = delivery()
    lines = filled(one)
    assert not lines.add(one)
    assert len(lines) == 1


def test_an_edit_is_superseded_by_a_newer_one_of_the_same_message_only() -> None:
    assert filled(first := edit(cmid=7), edit(cmid=7)).superseded(first)
    assert not filled(first := edit(cmid=7), edit(cmid=8)).superseded(first)
    assert not filled(first := edit(cmid=7), delivery(), edit(cmid=7)).superseded(first)
    assert not filled(first := delivery(), edit(cmid=7)).superseded(first)


def test_what_was_given_up_goes_except_what_is_in_flight() -> None:
    first, second, third, other = delivery(), delivery(), delivery(lane=Lane.REMINDERS), delivery(peer=2)
    lines = filled(first, second, third, other)
    in_flight = next(lines.heads())
    lines.drop([first.id, second.id, third.id], peer=1)
    assert in_flight is first
    assert list(lines.heads()) == [other]
    lines.done(first)
    assert len(lines) == 1


def test_deliveries_that_share_a_body_share_a_call_up_to_the_limits() -> None:
    body = Body(1, 7, "Всем")
    shared = [delivery(peer=peer, body=body) for peer in range(1, 131)]
    lines = filled(*shared, delivery(peer=500), delivery(peer=501))
    calls = batch_of(lines.heads(), calls_at_once=25, peers_per_call=100)
    assert [len(call.deliveries) for call in calls] == [100]
    calls = batch_of(lines.heads(), calls_at_once=2, peers_per_call=100)
    assert [len(call.deliveries) for call in calls] == [30, 1]


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from([Lane.REPLIES, Lane.REMINDERS])), max_size=30), st.data())
def test_however_it_goes_every_peers_lane_keeps_its_order_and_all_arrive(
    sent: list[tuple[int, Lane]], data: st.DataObject
) -> None:
    deliveries = [delivery(peer, lane) for peer, lane in sent]
    lines, arrived, in_flight = filled(*deliveries), list[Delivery](), list[Delivery]()
    while len(arrived) < len(deliveries):
        in_flight += lines.heads()
        one = in_flight.pop(data.draw(st.integers(0, len(in_flight) - 1)))
        if data.draw(st.booleans()):
            lines.done(one)
            arrived.append(one)
        else:
            lines.again(one)
        places = [(waiting.peer, waiting.lane) for waiting in in_flight]
        assert len(places) == len(set(places))
    for place in set(sent):
        ids = [one.id for one in arrived if (one.peer, one.lane) == place]
        assert ids == sorted(ids)
    assert len(lines) == 0
