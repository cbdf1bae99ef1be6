"""Plain trees → YAML as the files of law/ are written: short things on one line, codes quoted, nothing clever.

`read_tree` of what is written gives the same plain tree back: every scalar is the text it was.
"""

import io
from typing import Any

import yaml

_WIDTH = 120
_ONE_LINE = 96  # how long a list or mapping may be to stand on one line
# As the files of law/ have them; a database may keep keys in an order of its own.
_ORDER = """
overlay standard criterion case id code version number issuer name title level status province period in_force vi en
from to below key instruments amendments counts criteria indicators region_overrides prerequisites recognition
decided_by conditions withdrawal clause provenance key_criteria bands groups group unlisted indicator part text
sector resource delegated_to sample_threshold excused_when rule label measure of in per n level where compare share
is_true all_of any_of at_least_n by_case children ruling question when otherwise kind unit decimals grades negative
combine on place facts rulings expect sources seen url notes note
""".split()  # noqa: SIM905 - a list of eighty quoted words reads worse
_RANK = {key: rank for rank, key in enumerate(dict.fromkeys(_ORDER))}
_DUMPER: Any = yaml.SafeDumper(io.StringIO())  # knows what a plain scalar would be taken for
_SIGNS = ("!", "&", "*")  # alone, each would be taken for a sign of the language
_CODES = frozenset(
    {"code", "criterion", "indicator", "province", "version", "overlay"}
)  # "17.10" is not "17.1"


def write_yaml(plain: Any, *, comment: str = "") -> str:
    """The YAML text of dicts, lists and texts. comment: one line above it."""
    out = io.StringIO()
    dumper = yaml.SafeDumper(out, width=_WIDTH, allow_unicode=True, sort_keys=False)
    dumper.open()
    dumper.serialize(_node(plain, ""))
    dumper.close()
    return (f"# {comment}\n" if comment else "") + out.getvalue()


def _node(plain: Any, key: str) -> yaml.Node:
    if isinstance(plain, dict):
        named = sorted(plain.items(), key=lambda item: _RANK.get(str(item[0]), len(_RANK)))
        pairs = [(_scalar(str(name), ""), _node(value, str(name))) for name, value in named]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=_is_short(plain))
    if isinstance(plain, list):
        items = [_node(each, key) for each in plain]
        return yaml.SequenceNode("tag:yaml.org,2002:seq", items, flow_style=_is_short(plain))
    return _scalar(str(plain), key)


def _scalar(text: str, key: str) -> yaml.ScalarNode:
    # What the text would be taken for is given as its tag, so that numbers and days are written plainly.
    tag = _DUMPER.resolve(yaml.ScalarNode, text, (True, False))
    if not text or text in _SIGNS or (key in _CODES and text[:1].isdigit()):
        return yaml.ScalarNode("tag:yaml.org,2002:str", text, style='"')
    return yaml.ScalarNode(tag, text)


def _is_short(plain: Any) -> bool:
    return _length(plain) <= _ONE_LINE


def _length(plain: Any) -> int:
    if isinstance(plain, dict):
        return 2 + sum(len(str(key)) + 4 + _length(value) for key, value in plain.items())
    if isinstance(plain, list):
        return 2 + sum(_length(each) + 2 for each in plain)
    return len(str(plain)) if "\n" not in str(plain) else _WIDTH
