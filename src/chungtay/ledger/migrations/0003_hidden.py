"""Names, rolls, plots, private papers and reasons come together in one table, from which a name can be taken out."""

import json
from decimal import Decimal
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import chungtay.core.encrypting

PUBLIC_PAPERS = ("committed", "disbursed", "moved", "balance")


def bring(apps: Any, _editor: Any) -> None:
    """What each entry's private digest is of, put together from where it stood."""
    entries = apps.get_model("ledger", "Entry").objects.exclude(private="")
    hidden = apps.get_model("ledger", "Hidden")
    for entry in entries.select_related("gift", "land", "why").prefetch_related("roll").iterator(500):
        gift, land, why = (getattr(entry, name, None) for name in ("gift", "land", "why"))
        told: dict[str, Any] = {"reason": why.reason if why else ""}
        if entry.kind not in PUBLIC_PAPERS:
            told["paper"] = entry.paper
        if gift is not None:
            names = ("giver_name", "giver_key", "is_public", "item", "unit_word")
            told |= {name: getattr(gift, name) for name in names}
            told["more"] = [
                [row.name, row.day.isoformat(), str(Decimal(row.half_hours) / 2)]
                for row in entry.roll.order_by("pk")
            ]
        if land is not None:
            told["more"] = {"plot": land.plot, "statement": land.statement, "before": land.area_before}
        plain = json.dumps({name: each for name, each in told.items() if each}, ensure_ascii=False)
        hidden.objects.create(entry=entry, told=plain, nonce=entry.nonce)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_unsplit")]

    operations = [
        migrations.CreateModel(
            name="Hidden",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="hidden",
                        serialize=False,
                        to="ledger.entry",
                    ),
                ),
                ("told", chungtay.core.encrypting.EncryptedText()),
                ("nonce", models.CharField(blank=True, max_length=32)),
                ("erased_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RunPython(bring, migrations.RunPython.noop),
    ]
