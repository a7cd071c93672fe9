"""What the log says of something that failed by the clock."""

import traceback


def described(error: BaseException) -> dict[str, str]:
    """What failed and where in the bot, without the text: exceptions quote what people wrote."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "/bot/" in frame.filename]
    places = [f"{frame.filename.rpartition('/bot/')[2]}:{frame.lineno} {frame.name}" for frame in ours[-1:]]
    return {"error": type(error).__name__, "place": "".join(places)}
