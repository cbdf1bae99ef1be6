"""Letters nobody sees are refused in every text a person can write, told by where they stand."""

import pytest
from django.apps import apps

from chungtay.core.hidden import faults_of_hidden, shown
from chungtay.core.refusals import Refusal


@pytest.mark.parametrize(
    ("char", "told"),
    [
        ("\u202e", "đổi chiều chữ (U+202E)"),
        ("\u200f", "đổi chiều chữ (U+200F)"),
        ("\u2066", "đổi chiều chữ (U+2066)"),
        ("\u200b", "không nhìn thấy (U+200B)"),
        ("\u200d", "không nhìn thấy (U+200D)"),
        ("\u00ad", "không nhìn thấy (U+00AD)"),
        ("\ufeff", "không nhìn thấy (U+FEFF)"),
        ("\u3164", "không nhìn thấy (U+3164)"),
        ("\U000e0041", "không nhìn thấy (U+E0041)"),
        ("\x00", "điều khiển không nhìn thấy (U+0000)"),
        ("\x9b", "điều khiển không nhìn thấy (U+009B)"),
        ("\ud800", "điều khiển không nhìn thấy (U+D800)"),
    ],
)
def test_a_hidden_character_is_told_with_its_line_and_the_words_before_it(char: str, told: str) -> None:
    [fault] = faults_of_hidden(f"Dòng đầu\r\nĐèn ngõ{char} 3", "Ghi chú", "note")
    assert fault.sentence.startswith("Ghi chú có ký tự ") and told in fault.sentence
    assert "ở dòng 2, sau “Đèn ngõ”" in fault.sentence and fault.field == "note"
    assert shown(f"Đèn{char} 3") == "Đèn 3"


@pytest.mark.parametrize(
    "text", ["", "Nhà văn hoá\r\n\tsố 3 <b>", "gia đình 👨\u200d👩\u200d👧 ❤️", "nghìn\xa0đồng 10\u202f000"]
)
def test_what_people_write_is_let_through(text: str) -> None:
    assert faults_of_hidden(text, "Ghi chú", "note") == []


def test_no_text_of_any_record_can_be_written_with_one_but_those_nobody_types() -> None:
    open_doors = set()
    for model in apps.get_models():
        if not model.__module__.startswith("chungtay."):
            continue
        for field in model._meta.local_fields:
            if field.get_internal_type() in ("CharField", "TextField"):
                try:
                    field.pre_save(model(**{field.attname: "Đối\u202e"}), add=True)
                    open_doors.add(f"{model._meta.label}.{field.name}")
                except Refusal as refused:
                    assert refused.of_field(field.name)
    assert open_doors == {
        "core.Job.note",
        "core.Job.reason",
        "evidence.File.device",
        "evidence.Quarantine.found",
        "evidence.Quarantine.name",
        "firstday.Intake.content",
        "firstday.Intake.verdicts",
        "territory.PlaceState.sort_key",
    }
