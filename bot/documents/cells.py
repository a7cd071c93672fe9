"""Text that is safe in a spreadsheet's cell, whoever wrote it."""

import re
import unicodedata

# The wide forms are taken for the narrow ones by some spreadsheets.
_STARTS_FORMULA = tuple("=+-@＝＋－＠")

# XML 1.0 cannot carry them, and openpyxl refuses the whole file.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def safe(text: str) -> str:
    """The text as it is, unless a spreadsheet could take it for a formula: then behind an apostrophe.

    The apostrophe is part of the text, so that it still protects when the sheet is saved as CSV and opened again.
    """
    clean = _FORBIDDEN.sub("", text).strip()
    # Some spreadsheets skip what they do not draw, such as a byte order mark or a direction sign, before they decide.
    visible = "".join(sign for sign in clean if unicodedata.category(sign) != "Cf").strip()
    return f"'{clean}" if visible.startswith(_STARTS_FORMULA) else clean
