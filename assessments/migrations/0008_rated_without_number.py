from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0007_attendance_by_name_in_files"),
    ]

    operations = [
        migrations.AlterField(
            model_name="memberrating",
            name="not_rated",
            field=models.CharField(
                blank=True,
                choices=[
                    ("exempt", "Được miễn công tác và sinh hoạt đảng"),
                    ("new", "Mới kết nạp hoặc mới thành lập, chưa đủ thời gian"),
                    ("suspended", "Đang bị đình chỉ sinh hoạt đảng"),
                    ("other", "Lý do khác"),
                ],
                max_length=10,
                verbose_name="lý do không xếp loại",
            ),
        ),
        migrations.AlterField(
            model_name="unitrating",
            name="not_rated",
            field=models.CharField(
                blank=True,
                choices=[
                    ("exempt", "Được miễn công tác và sinh hoạt đảng"),
                    ("new", "Mới kết nạp hoặc mới thành lập, chưa đủ thời gian"),
                    ("suspended", "Đang bị đình chỉ sinh hoạt đảng"),
                    ("other", "Lý do khác"),
                ],
                max_length=10,
                verbose_name="lý do không xếp loại",
            ),
        ),
    ]
