"""What is wrong with a form, however it is told: a bound form, a mapping, or things with a sentence."""

from collections.abc import Iterable, Iterator, Mapping

from .read import word


def read_faults(errors: object) -> Iterator[dict[str, str]]:
    """Every fault as the id of its input and its sentence, in the order given."""
    found = getattr(errors, "errors", getattr(errors, "faults", errors))
    if isinstance(found, Mapping):
        for name, sentences in found.items():
            for sentence in [sentences] if isinstance(sentences, str) else sentences:
                target = "" if name == "__all__" else _input_id(errors, str(name))
                yield {"target": target, "sentence": str(sentence)}
        return
    for fault in [found] if isinstance(found, str) else _iterate(found):
        name = word(fault, "field")
        sentence = word(fault, "sentence") if isinstance(fault, Mapping) else str(fault)
        yield {"target": f"o-{name}" if name else "", "sentence": sentence}


def _iterate(found: object) -> Iterable[object]:
    return found if isinstance(found, Iterable) else ()


def _input_id(form: object, name: str) -> str:
    try:
        return str(form[name].id_for_label) or f"o-{name}"  # type: ignore[index]
    except (KeyError, TypeError, AttributeError):
        return f"o-{name}"
