from django.db import migrations, models

ONCE = """
    DELETE FROM organizations_ancestry WHERE id NOT IN
    (SELECT MIN(id) FROM organizations_ancestry GROUP BY ancestor_id, unit_id, started_on)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0007_amounts_of_money"),
    ]

    operations = [
        migrations.RunSQL(ONCE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="ancestry",
            constraint=models.UniqueConstraint(
                fields=("ancestor", "unit", "started_on"),
                name="organizations_ancestry_once",
                violation_error_message="Quan hệ cấp trên này đã có: cơ sở dữ liệu tự lập bảng này, không nạp từ tệp.",
            ),
        ),
    ]
