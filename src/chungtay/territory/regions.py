"""Which of the seven regions a province lay in: read from the law folder, where the mapping has its sources."""

from pathlib import Path

import yaml
from django.conf import settings

from viet.letters import fold


class RegionFileError(ValueError):
    """law/regions.yaml is missing or does not say what is needed here."""


def regions_file() -> Path:
    root = Path(__file__).resolve().parents[3]
    return Path(getattr(settings, "LAW_DIR", root / "law")) / "regions.yaml"


def read_regions(file: Path) -> dict[str, str]:
    """Folded short name of a province before 1/7/2025 to the code of its region: {"thai nguyen": "TDMNPB"}."""
    try:
        content = yaml.safe_load(file.read_text("utf-8"))
    except FileNotFoundError:
        raise RegionFileError(f"{file} is missing: regions of provinces are read from it") from None
    except yaml.YAMLError as problem:
        raise RegionFileError(f"{file} is not readable YAML: {problem}") from None
    mapping = content.get("provinces_of_region") if isinstance(content, dict) else None
    if not isinstance(mapping, dict):
        raise RegionFileError(
            f"{file} has no mapping `provinces_of_region` of region codes to province names"
        )
    region_of: dict[str, str] = {}
    for code, provinces in mapping.items():
        for name in provinces:
            if region_of.setdefault(province_key(str(name)), str(code)) != str(code):
                raise RegionFileError(f"{file}: {name} stands in two regions")
    return region_of


def province_key(name: str) -> str:
    """A province's short name for comparing, whatever its spelling: "TP. Hồ Chí Minh" is "ho chi minh"."""
    folded = fold(name).replace(" - ", "-").replace("–", "-").replace(" -", "-").replace("- ", "-")
    for title in ("tinh ", "thanh pho ", "tp. ", "tp "):
        folded = folded.removeprefix(title)
    return "hue" if folded == "thua thien hue" else folded
