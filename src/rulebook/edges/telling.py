"""A case as a sentence: where, what is known, what comes of it."""

from collections.abc import Mapping

from rulebook.edges.known import Known
from rulebook.edges.settings import Setting, axes_of
from rulebook.measures import SEX_NAMES, show_value
from rulebook.standard import Indicator, Standard
from rulebook.texts import Text
from rulebook.verdicts import Verdict
from rulebook.wording import level_name

THUS = {
    Verdict.MET: "thì đạt",
    Verdict.NOT_MET: "thì chưa đạt",
    Verdict.UNKNOWN: "thì chưa kết luận được",
    Verdict.EXCUSED: "thì không áp dụng",
}


def where_words(standard: Standard, indicator: Indicator, setting: Setting, names: Mapping[str, Text]) -> str:
    """ "Xã vùng Trung du miền núi phía Bắc năm 2023", as far as the rule asks for it."""
    axes = {axis for each in axes_of(indicator.rule, tuple(names)) for axis, _ in each}
    words = [capital(level_name(standard.level).vi)]
    if "group" in axes and setting.group:
        words.append(f"nhóm {setting.group}")
    if ("region" in axes or standard.region_overrides) and setting.region:
        words.append(f"vùng {_name(setting.region, names)}")
    words += [f"({_name(code, names)})" for code in sorted(setting.classes)]
    if "year" in axes:
        words.append(f"năm {setting.year}")
    return " ".join(words)


def told_words(known: Known, names: Mapping[str, Text]) -> str:
    """The facts, as a sentence tells them; "" where there are none."""
    told: list[str] = []
    for (_, part), (measure, value) in known.figures.items():
        sex = f" ({SEX_NAMES[part].vi})" if part else ""
        told.append(f"“{measure.name.vi}”{sex} là {show_value(value, measure)}")
    if known.children:
        level, meet, total, *_ = known.children
        told.append(f"{meet} trong {total} {level_name(level).vi} đạt yêu cầu")
    thus = {Verdict.MET: "đã đạt", Verdict.NOT_MET: "chưa đạt"}
    told += [f"{thus[verdict]} {name.vi}" for name, verdict in known.standards.values()]
    told += [f"được kết luận là {thus[verdict]} “{asked}”" for asked, verdict in known.rulings.items()]
    return ", ".join(told)


def _name(code: str, names: Mapping[str, Text]) -> str:
    return names[code].vi if code in names else code


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]
