"""Texts that people type and that a file must survive, and a protocol that is full of them."""

from typing import Any

from tests.documents.builders import acts, protocol

HOSTILE = [
    '=HYPERLINK("http://x")',
    "+7 900 000-00-00",
    "@SUM(A1)",
    "\u202eзадом наперёд\u202c",
    "מריה כהן",
    "محمد علي",
    "🚀🚀 Ракета 👨‍👩‍👧 😀",
    "Превысокомногорассмотрительствующий" * 3,
    "\x00\x07\x1b[31mкрасный\ud800",
    "王小明",
    "{nb} \x1c\x1d ::placeholder::",
    "е" + "\u0301" * 60 + "ё",
    "и\u0306 е\u0308",
    "",
    "A" * 300,
    "‱" * 400,
    "№ «Ё» — „“ ½ ₽ ✓",
    "**жирно** __x__ [имя](http://x)",
    "строка\nдве\r\nтри\u2028четыре",
]


def hostile_protocol() -> dict[str, Any]:
    """Every text of people is each of the hostile ones somewhere."""
    many = len(HOSTILE)
    made = protocol(teams=many, members=many)
    for place, (team, name) in enumerate(zip(made["teams"], HOSTILE, strict=True)):
        team |= {"name": name, "members": HOSTILE[place:] + HOSTILE[:place]}
    made |= {"session": " ".join(HOSTILE), "conversation": HOSTILE[3], "moderator": HOSTILE[9]}
    made |= {
        "helpers": HOSTILE,
        "jury": HOSTILE,
        "acts": [acts()[0] | {"who": one, "what": one * 9} for one in HOSTILE],
    }
    quiz, task, _ = made["stages"]
    quiz["questions"][0]["text"] = "\n".join(HOSTILE)
    for option, text in zip(quiz["questions"][0]["options"], HOSTILE[5:], strict=False):
        option["text"] = text
    task |= {"title": HOSTILE[7], "task": "\n".join(HOSTILE * 3)}
    for work in task["works"]:
        work |= {"by": HOSTILE[14], "text": "\n".join(HOSTILE)}
    return made
