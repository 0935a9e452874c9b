from django.db import migrations

from binhlu_portal.text.vietnamese import name_key

PART = 1_000


def find_anew(apps, schema_editor):
    """Fill the column by which people are found: what is said alike has one key now."""
    member = apps.get_model("members", "Member")
    changed = []
    for person in member.objects.only("full_name", "birth_name", "alias", "search_name").iterator(PART):
        key = " ".join(filter(None, map(name_key, (person.full_name, person.birth_name, person.alias))))
        if key != person.search_name:
            person.search_name = key
            changed.append(person)
    member.objects.bulk_update(changed, ["search_name"], batch_size=PART)


class Migration(migrations.Migration):
    dependencies = [("members", "0010_planning_steps")]

    operations = [migrations.RunPython(find_anew, migrations.RunPython.noop)]
