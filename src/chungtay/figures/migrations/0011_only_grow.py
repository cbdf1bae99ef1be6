from django.db import migrations

from chungtay.core.append_only import allow, forbid

TABLES = ("figures_figurestep", "figures_periodstep", "figures_figurecomment")


class Migration(migrations.Migration):
    dependencies = [("figures", "0010_notices_of_periods")]
    operations = [migrations.RunPython(forbid(table), allow(table)) for table in TABLES]
