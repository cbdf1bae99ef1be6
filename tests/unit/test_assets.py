"""What is built of others' packages is committed: it must come from the inputs that stand beside it."""

import hashlib
import json
from pathlib import Path

HERE = Path(__file__).parents[2]
ASSETS, BUILT = HERE / "assets", HERE / "src/chungtay/ui/static/ui/dist"


def test_the_built_map_comes_from_these_inputs() -> None:
    names = [
        "package.json",
        "package-lock.json",
        "build.mjs",
        *(f"src/{p.name}" for p in ASSETS.glob("src/*")),
    ]
    digest = hashlib.sha256()
    for name in sorted(names):
        digest.update(name.encode() + b"\0" + (ASSETS / name).read_bytes() + b"\0")
    stamp = (BUILT / "stamp.txt").read_text().strip()
    assert stamp == digest.hexdigest(), "run script/assets and commit what it built"


def test_every_package_is_pinned_and_the_lock_names_no_address() -> None:
    package = json.loads((ASSETS / "package.json").read_text())
    pinned = package["dependencies"] | package["devDependencies"]
    assert all(version[0].isdigit() for version in pinned.values()), pinned
    locked = json.loads((ASSETS / "package-lock.json").read_text())["packages"]
    assert not [name for name, what in locked.items() if "resolved" in what]
    assert all("integrity" in what for name, what in locked.items() if name)


def test_nothing_built_asks_another_address_for_anything() -> None:
    for text in (path.read_text() for path in BUILT.glob("*.js")):
        for outside in ("api.mapbox", "tiles.", "unpkg.com", "jsdelivr", "googleapis"):
            assert f"//{outside}" not in text
        assert "new Function(" not in text


def test_the_map_stays_as_light_as_it_was() -> None:
    assert sum(path.stat().st_size for path in BUILT.glob("*.js")) < 1_700_000
