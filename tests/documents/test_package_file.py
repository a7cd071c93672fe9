from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.documents import recipes


def test_a_file_of_the_package_arrives_unchanged_under_its_title(tmp_path: Path) -> None:
    source = tmp_path / "plan.docx"
    source.write_bytes(b"PK\x03\x04\x00\xff")
    file = recipes.build("package-file", {"title": "План урока: 9/11.docx", "path": str(source)})
    assert file.content == b"PK\x03\x04\x00\xff"
    assert file.title == "План урока_ 9_11.docx"


def test_a_package_file_that_has_gone_is_an_error_and_not_an_empty_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        recipes.build("package-file", {"title": "План.docx", "path": str(tmp_path / "gone.docx")})


def test_a_recipe_with_other_keys_is_refused_as_a_whole(tmp_path: Path) -> None:
    with pytest.raises(ValidationError):
        recipes.build("package-file", {"title": "План.docx", "path": "x", "mode": "w"})
