"""Text kept encrypted: sealed, opened with any key, never guessed at."""

from typing import Any

import pytest

from chungtay.core.encrypting import EncryptedText, Unreadable, opened, resealed, sealed


def test_a_name_is_unreadable_in_the_database_and_whole_in_python() -> None:
    token = sealed("Trưởng xóm Khe Cốc")
    assert "Khe" not in token
    assert token != sealed("Trưởng xóm Khe Cốc")  # equal names do not look equal
    assert opened(token) == "Trưởng xóm Khe Cốc"
    assert (sealed(""), opened("")) == ("", "")


def test_a_new_key_seals_and_the_old_one_still_opens(settings: Any) -> None:
    settings.FIELD_KEYS = ["cũ"]
    old = sealed("Khe Cốc")
    settings.FIELD_KEYS = ["mới", "cũ"]
    assert opened(old) == "Khe Cốc"
    new = sealed("Khe Cốc")
    settings.FIELD_KEYS = ["cũ"]
    with pytest.raises(Unreadable):
        opened(new)


def test_encrypted_text_refuses_to_be_searched() -> None:
    assert EncryptedText().get_lookup("isnull") is not None
    with pytest.raises(TypeError, match="cannot be searched"):
        EncryptedText().get_lookup("exact")


def test_a_value_is_sealed_anew_once_and_only_where_an_older_key_had_sealed_it(settings: Any) -> None:
    settings.FIELD_KEYS = ["cũ"]
    old = sealed("Khe Cốc")
    settings.FIELD_KEYS = ["mới", "cũ"]
    new = resealed(old)
    assert new != old and resealed(new) == new and resealed("") == ""
    settings.FIELD_KEYS = ["mới"]
    assert opened(new) == "Khe Cốc"
    with pytest.raises(Unreadable):
        resealed(old)
