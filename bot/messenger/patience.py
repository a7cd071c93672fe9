"""How long the pipeline waits for what, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Real seconds; the defaults are what the bot runs with.

    retry_delays_s: before each further try of a handler that failed; behind the last its event is set aside.
    answer_within_s: for the messenger's answer to a call; doubled with each attempt of a delivery, up to
    longest_answer_s. alarm_pause_s: until everything is offered again after an error that a human being has to mend.
    ask_within_s, file_within_s: for what is fetched from the messenger, and for a file to attach. stop_within_s: for
    what is in hand when the bot is told to stop. board_every_s: between two rewritings of a message that counts along
    in a conversation.
    """

    retry_delays_s: tuple[float, ...] = (0.3, 2.0, 8.0)
    answer_within_s: float = 10.0
    longest_answer_s: float = 60.0
    alarm_pause_s: float = 60.0
    ask_within_s: float = 60.0
    file_within_s: float = 30.0
    stop_within_s: float = 9.0
    board_every_s: float = 5.0


USUAL = Patience()
