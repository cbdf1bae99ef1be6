"""What harvesters read: the catalogue by DCAT-AP as JSON-LD and Turtle, and each CSV by CSVW."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from chungtay.reports.opendata.catalogue import PUBLISHER, changed_at, licence, tables
from chungtay.reports.opendata.files import MEDIA
from chungtay.reports.opendata.shapes import Table

PREFIXES: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_FILE_TYPES: Final = {
    "csv": "http://publications.europa.eu/resource/authority/file-type/CSV",
    "json": "http://publications.europa.eu/resource/authority/file-type/JSON",
    "xlsx": "http://publications.europa.eu/resource/authority/file-type/XLSX",
    "csv.gz": "http://publications.europa.eu/resource/authority/file-type/CSV",
}
_THEME: Final = "http://publications.europa.eu/resource/authority/data-theme/REGI"
_VIET_NAM: Final = "http://publications.europa.eu/resource/authority/country/VNM"
_LANGUAGES: Final = tuple(
    {"@id": f"http://publications.europa.eu/resource/authority/language/{code}"} for code in ("VIE", "ENG")
)


def dcat(site: str) -> dict[str, Any]:
    """The catalogue as JSON-LD. site: "https://host", without a slash at its end. A query for each kind of deed."""
    own = f"{site}/du-lieu/"
    publisher = {"@type": "foaf:Agent", "foaf:name": _both(PUBLISHER), "foaf:homepage": {"@id": f"{site}/"}}
    changed = changed_at(tables())
    datasets = [_dataset(each, site, changed[each.name]) for each in tables()]
    modified = [each["dct:modified"]["@value"] for each in datasets if "dct:modified" in each]
    catalogue: dict[str, Any] = {
        "@context": PREFIXES,
        "@id": own,
        "@type": "dcat:Catalog",
        "dct:title": _words("Dữ liệu mở về xây dựng nông thôn mới", "Open data on New Rural Development"),
        "dct:description": _words(
            "Mọi bảng công khai của hệ thống Chung Tay này.", "Every public table of this Chung Tay site."
        ),
        "dct:publisher": publisher,
        "dct:license": _licence(),
        "dct:language": list(_LANGUAGES),
        "foaf:homepage": {"@id": own},
        "dcat:themeTaxonomy": {"@id": _THEME.rpartition("/")[0]},
        "dcat:dataset": datasets,
    }
    if modified:
        catalogue["dct:modified"] = {"@type": "xsd:dateTime", "@value": max(modified)}
    return catalogue


def _dataset(table: Table, site: str, changed: datetime | None) -> dict[str, Any]:
    page = f"{site}/du-lieu/{table.name}/"
    found: dict[str, Any] = {
        "@id": page,
        "@type": "dcat:Dataset",
        "dct:identifier": table.name,
        "dct:title": _both(table.title),
        "dct:description": _both(table.about),
        "dct:publisher": {
            "@type": "foaf:Agent",
            "foaf:name": _both(PUBLISHER),
            "foaf:homepage": {"@id": f"{site}/"},
        },
        "dct:license": _licence(),
        "dct:provenance": {"@type": "dct:ProvenanceStatement", "dct:description": _both(table.provenance)},
        "dct:spatial": {"@id": _VIET_NAM},
        "dcat:theme": {"@id": _THEME},
        "dcat:keyword": [
            {"@language": "vi", "@value": "nông thôn mới"},
            {"@language": "en", "@value": "rural"},
        ],
        "dcat:landingPage": {"@id": page},
        "dcat:distribution": [_distribution(table, form, site) for form in MEDIA],
    }
    if changed:
        found["dct:modified"] = _moment(changed)
    return found


def _distribution(table: Table, form: str, site: str) -> dict[str, Any]:
    address = f"{site}/du-lieu/{table.name}.{form}"
    media = MEDIA[form].partition(";")[0]
    found = {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": _words(f"{table.title.vi} ({form})", f"{table.title.en} ({form})"),
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media}"},
        "dct:format": {"@id": _FILE_TYPES[form]},
        "dct:license": _licence(),
    }
    if form == "csv":
        found["dct:conformsTo"] = {"@id": "http://www.w3.org/ns/csvw"}
    return found


def csvw(table: Table, site: str) -> dict[str, Any]:
    """The columns of a CSV as the Tabular Metadata of the W3C tells them."""
    changed = changed_at([table])[table.name]
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "vi"}],
        "url": f"{site}/du-lieu/{table.name}.csv",
        "dc:title": _both(table.title),
        "dc:description": _both(table.about),
        "dc:license": _licence(),
        "dc:provenance": _both(table.provenance),
        **({"dc:modified": _moment(changed)} if changed else {}),
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ",", "lineTerminators": ["\r\n"]},
        "tableSchema": {
            "primaryKey": list(table.key),
            "columns": [
                {
                    "name": column.key,
                    "titles": column.key,
                    "rdfs:label": _both(column.label),
                    **({"dc:description": _both(column.about)} if column.about.vi else {}),
                    "datatype": column.kind.value,
                    "null": [""],
                    "required": column.key in table.key and column.kind.value != "date",
                }
                for column in table.columns
            ],
        },
    }


def turtle(graph: dict[str, Any]) -> str:
    """A graph of this module's as Turtle: every thing with an address in a paragraph of its own."""
    lines = [f"@prefix {prefix}: <{address}> ." for prefix, address in PREFIXES.items()]
    lines += ["", *_paragraphs({key: value for key, value in graph.items() if key != "@context"})]
    return "\n".join(lines) + "\n"


def _paragraphs(node: dict[str, Any]) -> Iterator[str]:
    inner = [each for value in node.values() for each in _listed(value) if isinstance(each, dict)]
    told = [f"    {_predicate(key)} {', '.join(map(_term, _listed(value)))}" for key, value in _told(node)]
    yield f"<{node['@id']}>\n" + " ;\n".join(told) + " .\n"
    for each in inner:
        if "@id" in each and len(each) > 1:
            yield from _paragraphs(each)


def _told(node: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((key, value) for key, value in node.items() if key != "@id")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _predicate(key: str) -> str:
    return "a" if key == "@type" else key


def _term(value: Any) -> str:
    if isinstance(value, str):
        return (
            value
            if ":" in value and value.partition(":")[0] in PREFIXES
            else json.dumps(value, ensure_ascii=False)
        )
    if "@value" in value:
        words = json.dumps(value["@value"], ensure_ascii=False)
        return f"{words}@{value['@language']}" if "@language" in value else f"{words}^^{value['@type']}"
    if "@id" in value:
        return f"<{value['@id']}>"
    told = (f"{_predicate(key)} {', '.join(map(_term, _listed(each)))}" for key, each in _told(value))
    return f"[ {' ; '.join(told)} ]"


def _licence() -> Any:
    """Where the licence can be read, else its name."""
    given = licence()
    return {"@id": given.address} if given.address else given.name


def _both(text: Any) -> list[dict[str, str]]:
    return _words(text.vi, text.en)


def _words(vi: str, en: str) -> list[dict[str, str]]:
    return [{"@language": "vi", "@value": vi}, {"@language": "en", "@value": en}]


def _moment(at: datetime) -> dict[str, str]:
    return {"@type": "xsd:dateTime", "@value": at.isoformat(timespec="seconds")}


def schema_org(table: Table, site: str) -> dict[str, Any]:
    """A table as a Dataset of schema.org, for search engines."""
    changed = changed_at([table])[table.name]
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{site}/du-lieu/{table.name}/",
        "name": table.title.vi,
        "alternateName": table.title.en,
        "description": table.about.vi,
        "url": f"{site}/du-lieu/{table.name}/",
        "license": licence().address or licence().name,
        "isAccessibleForFree": True,
        "inLanguage": ["vi", "en"],
        "spatialCoverage": {"@type": "Country", "name": "Việt Nam"},
        "creator": {"@type": "Organization", "name": PUBLISHER.vi, "url": f"{site}/"},
        "variableMeasured": [column.label.vi for column in table.columns],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": MEDIA[form].partition(";")[0],
                "contentUrl": f"{site}/du-lieu/{table.name}.{form}",
            }
            for form in MEDIA
        ],
        **({"dateModified": changed.isoformat(timespec="seconds")} if changed else {}),
    }
