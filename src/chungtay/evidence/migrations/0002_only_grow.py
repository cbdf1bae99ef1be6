from django.db import migrations

from chungtay.core.append_only import allow, forbid

TABLES = tuple(
    f"evidence_{each}"
    for each in ("band", "proof", "withdrawal", "flag", "settlement", "redaction", "quarantine")
)


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_first")]
    operations = [migrations.RunPython(forbid(table), allow(table)) for table in TABLES]
