from django.db import migrations, models


def say_status(apps, schema_editor):
    apps.get_model("standards", "StandardVersion").objects.filter(sample=True).update(status="sample")


class Migration(migrations.Migration):
    dependencies = [("standards", "0001_first")]

    operations = [
        migrations.AddField(
            model_name="standardversion",
            name="status",
            field=models.CharField(max_length=16, default="law"),
            preserve_default=False,
        ),
        migrations.RunPython(say_status, migrations.RunPython.noop),
        migrations.RemoveField(model_name="standardversion", name="sample"),
    ]
