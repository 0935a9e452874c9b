from django.db import migrations

from binhlu_portal.text.vietnamese import name_key

PART = 1_000


def find_anew(apps, schema_editor):
    """Fill the column by which people are found: what is said alike has one key now."""
    people = apps.get_model("members", "Member").objects.order_by("pk")
    last = 0
    while part := list(people.filter(pk__gt=last)[:PART]):
        last = part[-1].pk
        for person in part:
            person.search_name = " ".join(
                filter(None, map(name_key, (person.full_name, person.birth_name, person.alias)))
            )
        people.bulk_update(part, ["search_name"])


class Migration(migrations.Migration):
    dependencies = [("members", "0010_planning_steps")]

    operations = [migrations.RunPython(find_anew, migrations.RunPython.noop)]
