"""What was brought into one table stands nowhere else."""

from typing import Any

from django.db import migrations

from chungtay.core.append_only import allow, forbid

GUARDED = ("ledger_entry", "ledger_gift", "ledger_landgift")
PUBLIC_PAPERS = ("committed", "disbursed", "moved", "balance")


def empty(apps: Any, _editor: Any) -> None:
    entries = apps.get_model("ledger", "Entry").objects
    entries.exclude(kind__in=PUBLIC_PAPERS).exclude(act="opening").exclude(paper="").update(paper="")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_hidden")]

    operations = [
        *(migrations.RunPython(allow(table), migrations.RunPython.noop) for table in GUARDED),
        migrations.RunPython(empty, migrations.RunPython.noop),
        migrations.DeleteModel("Reason"),
        migrations.DeleteModel("LabourLine"),
        migrations.RemoveField("entry", "nonce"),
        migrations.RemoveField("gift", "giver_name"),
        migrations.RemoveField("landgift", "plot"),
        migrations.RemoveField("landgift", "statement"),
        *(migrations.RunPython(forbid(table), migrations.RunPython.noop) for table in GUARDED),
    ]
