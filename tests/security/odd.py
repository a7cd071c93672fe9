"""Texts and values that somebody may send on purpose."""

from typing import Any

ODD_TEXTS = {
    "html": "<b>Анна</b><script>alert(1)</script>&amp;",
    "mention": "[id1|Павел Дуров] и [club1|Госуслуги] и [https://vk.com/away|вход]",
    "call for all": "@all @online *id1 (Павел) @durov, смотрите",
    "direction": "\u202eкод\u202c \u2066x\u2069 \u200fа\u200e",
    "zero width": "А\u200bн\u200cн\u200dа\u2060\ufeff",
    "controls": "А\x01\x02\x07\x08\x1b[mн\x7f\x85н\u2028а\u2029!",
    "NUL": "Ан\x00на",
    "half a pair": "Ан\ud83dна",
    "emoji": "👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "accents": "А" + "\u0301\u0316" * 60 + "нна",
    "quotes": "'; DROP TABLE people; -- \" % _ \\ %s :x {x} ? $1",
    "format": "%s%n%d {0} { $name } {{7*7}} ${7*7}",
    "formula": "=cmd|'/c calc'!A1",
    "plus": "+7*7",
    "long": "Ж" * 4096,
    "private and none": "\ue000\ufffe\uffff\U0010ffff",
    "blank letters": "\u3164\u115f\uffa0",
    "spaces": "\u00a0\u3000 \t\r\n",
}

ODD_VALUES: list[Any] = [
    None, True, -1, 0, 2**31, 2**53, 2**53 + 1, 2**63, 2**64 - 1, 1.5, 1e308, "", "1", "\u0000", "9\u0000А",
    "\u0001" * 30, "'" * 40, "\\" * 60, '"' * 60, "я" * 60, "Ж" * 300, "0001-01-01", "9999-12-31", "2017-02-30",
    [], [1], {}, {"a": []},
]  # fmt: skip
"""What stands where something else is expected: wrong types, bounds of columns, texts that no column takes."""


def nested(depth: int) -> str:
    """JSON lists in lists."""
    return "[" * depth + "]" * depth


ODD_PAYLOADS = [
    "", " ", "null", "true", "0", "-1", "1e400", "NaN", "-Infinity", str(2**70), '"text"', "[]", "{}", "{",
    "\ufeff{}", "\x00", '{"kind":null}', '{"kind":1}', '{"kind":{}}', '{"kind":["menu"]}', '{"kind":"nothing like it"}',
    '{"kind":"MENU"}', '{"kind":"menu","kind":"class"}', '{"kind":"menu","more":1}', '{"kind":"menu","anew":true}',
    '{"anew":true}', '{"kind":"menu","anew":true,"x":' + nested(400) + "}", '{"kind":"menu"}\x00',
    '{"kind":"class","class_id":' + nested(400) + "}", '{"kind":"class","class_id":1e400}',
    '{"kind":"class","class_id":NaN}', '{"kind":"class","class_id":' + "9" * 400 + "}",
    '{"kind":"mistyped-number","digits":' + "9" * 900 + "}", '{"kind":"mistyped-number","digits":-' + "9" * 900 + "}",
    '{"kind":"\\ud83d"}', '{"kind":"menu\\u0000"}', '{"kind":"schools","words":"\\u0000"}', '{"command":"start"}',
    '{"command":"not_supported_button"}', '{"command":"not_supported_button","payload":{}}', nested(100_000),
    "[" * 100_000, '{"kind":"' + "x" * 300 + '"}', '{"a":' * 300 + "1" + "}" * 300, '"{\\"kind\\":\\"menu\\"}"',
]  # fmt: skip
"""JSON, or what should have been JSON, as a message's payload carries it."""

ODD_REFS = [
    "", " ", "c-", "v-", "i-", "c-1", "v-123456789012", "c-" + "9" * 62, "c-١٢٣٤٥٦٧٨٩٠١٢", "i-" + "A" * 62, "c-\x00",
    "'; --", "<b>", "../..", "%00", "я" * 64, "x" * 5000, "v-\u202e", "C-1", "i-[id1|x]", "c-12345678901\n",
]  # fmt: skip
