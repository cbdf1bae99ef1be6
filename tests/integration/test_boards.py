"""Boards of many places."""
from typing import Any
import pytest

def test_smoke(demo: Any) -> None:
    from chungtay.territory import queries as territory
    v = demo.visit("đoàn kiểm tra")
    c = territory.as_of(demo.place("khe_coc"), __import__("datetime").date(2026,3,1)).parent_id
    for p in ["", "bang/", "tieu-chi/1/", "so-do/", "so-do/cultural_hamlet_years/", "qua-cac-nam/", "hai-ngay/", "hai-noi/", "bang.csv","bang.xlsx","tong-quan.csv","tong-quan.xlsx","qua-cac-nam.csv","hai-ngay.xlsx","hai-noi.csv","so-do/cultural_hamlet_years.csv","tieu-chi/1.xlsx"]:
        r = v.get(f"/dia-ban/{c}/tong-hop/{p}")
        print(p, r.status_code, len(r.content))
        assert r.status_code == 200, r.content.decode()[-3000:]
