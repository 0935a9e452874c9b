"""Faults of a database in one file: its journal, its one writer. A server has neither."""

import json
import sqlite3
from contextlib import closing

from members.models import Member, Spell
from tests.binhlu_portal.spreadsheets.books import Book, xlsx
from tests.factories import in_letters, make_member
from tests.faults.seats import TELL, seat_of_tests
from tests.proofs import make_world

KEPT = """
import os, sqlite3
from collections import Counter
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment
from binhlu_portal.accounts.models import Session, User
from binhlu_portal.audit import access_log
from binhlu_portal.audit.models import Access
from binhlu_portal.db import outages
from binhlu_portal.spreadsheets.jobs import actions as jobs, progress
from django.utils import timezone
from members.models import Member

setup_test_environment()
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
progress.FOLDER = settings.DATA_DIR / "importing"
outages.PATIENCE = outages.MOMENT = 0.05
outages.be_brief()
lan, clerk = Member.objects.get(full_name="Lan"), User.objects.get(username="clerk")
page, form = f"/dang-vien/{lan.pk}/", f"/dang-vien/{lan.pk}/sua-the/"
client = Client(raise_request_exception=False)
client.force_login(clerk)
told = {"sound": client.get(page).status_code, "notes": Access.objects.count()}
typed = {name: field.value() or "" for name, field in ((f.name, f) for f in client.get(form).context["form"])}
seen = Session.objects.update(expire_date=timezone.now() + timezone.timedelta(minutes=5))

keeper = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
keeper.execute("BEGIN IMMEDIATE")
told["page"] = client.get(page).status_code
told["put off"] = sum(len(path.read_text().splitlines()) for path in access_log._folder().iterdir())
answer = client.post(form, typed | {"card_number": "123456789012"})
told["form"] = [answer.status_code, outages.BUSY in answer.text, "123456789012" in answer.text]
answer = Client(raise_request_exception=False).post("/dang-nhap/", {"username": "clerk", "password": "x"})
told["sign-in"] = [answer.status_code, answer.headers.get("Retry-After")]
keeper.execute("ROLLBACK")

told["noted later"] = [access_log.note_what_was_put_off(), access_log.note_what_was_put_off()]
told["notes after"] = Access.objects.count()

content = "Họ và tên,Ngày sinh\\nLò Văn Một,1990\\n".encode()
jobs.receive_file(user=clerk, name="x.csv", content=content, settings={"day": "2026-03-01"})
free = Counter()
def meanwhile(name, act):
    def free_and_act(*args):
        keeper.execute("BEGIN IMMEDIATE")
        keeper.execute("ROLLBACK")
        free[name] += 1
        return act(*args)
    return free_and_act
jobs.dry_run, jobs.parse_file = meanwhile("checked", jobs.dry_run), meanwhile("read", jobs.parse_file)
checked = type(jobs.work_on_next()).objects.get()
told["checked"] = checked.state
jobs.confirm(batch=checked, digest=checked.digest, partly=True)
told["written"] = type(jobs.work_on_next()).objects.get().state
told["free while a file is"] = free
print(json.dumps(told))
"""


EIGHT = """
import threading, time, lxml.html
from collections import Counter
from django.db import connections
from django.test import Client
from django.test.utils import setup_test_environment
from binhlu_portal.accounts.models import User
from binhlu_portal.spreadsheets.jobs import actions as jobs, progress
from binhlu_portal.spreadsheets.models import Batch
from binhlu_portal.wsgi import application
from members.models import Member

setup_test_environment()
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
progress.FOLDER = settings.DATA_DIR / "importing"
clerk, people = User.objects.get(username="clerk"), list(Member.objects.filter(full_name__startswith="Lan"))
answers, waits = Counter(), []

def write(person):
    client = Client(raise_request_exception=False)
    client.force_login(clerk)
    form = f"/dang-vien/{person.pk}/sua-ca-nhan/"
    for number in range(3):
        page = client.get(form)
        (sent,) = [found for found in lxml.html.fromstring(page.text).forms if "phone" in found.fields]
        typed = {name: value for name, value in sent.form_values()}
        begun = time.monotonic()
        answer = client.post(form, typed | {"phone": f"09123456{number}{person.pk % 10}"})
        waits.append(time.monotonic() - begun)
        answers[page.status_code, answer.status_code] += 1
    connections.close_all()

jobs.receive_file(user=clerk, name="x.xlsx", content=pathlib.Path(sys.argv[1], "x.xlsx").read_bytes())
checked = jobs.work_on_next() and Batch.objects.get()
jobs.confirm(batch=checked, digest=checked.digest)
writers = [threading.Thread(target=write, args=[person]) for person in people]
for writer in writers:
    writer.start()
while Batch.objects.get().state != "written":
    jobs.work_on_next()
for writer in writers:
    writer.join()
print(json.dumps({
    "answers": sorted([*answer, count] for answer, count in answers.items()),
    "imported": Member.objects.filter(full_name__startswith="Lò Văn").count(),
    "phones": Member.objects.exclude(phone="").count(),
    "longest": max(waits),
}))
"""

WRITERS, PEOPLE = 8, 60


def test_eight_writers_and_an_import_all_come_to_their_end(transactional_db, clerk, cell_a, tmp_path):
    for number in range(WRITERS):
        make_member(cell_a, f"Lan {number}")
    book = Book.of(clerk)
    for number in range(PEOPLE):
        person = {"full_name": f"Lò Văn {in_letters(number)}", "gender": "Nam", "born_on": "1990", "ethnicity": "Kinh"}
        book.add(Member, mark=f"M{number}", **person)
        book.add(Spell, member=f"M{number}", unit="a", started_on="01/02/2026", start_reason="Chuyển đến từ tỉnh khác")
    here = seat_of_tests(tmp_path / "here")
    (here.folder / "x.xlsx").write_bytes(xlsx(book))
    told = json.loads(here.run(EIGHT).splitlines()[-1])
    print(f"the longest of {WRITERS} writers waited {told.pop('longest'):.2f} s")
    assert told == {"answers": [[200, 302, 3 * WRITERS]], "imported": PEOPLE, "phones": WRITERS}


def test_one_writer_keeps_nobody_from_reading_and_tells_who_writes_to_wait(transactional_db, cell_a, clerk, tmp_path):
    make_member(cell_a, "Lan")
    here = seat_of_tests(tmp_path / "here")
    told = json.loads(here.run(KEPT).splitlines()[-1])
    assert told == {
        "sound": 200,
        "notes": told["notes"],
        "page": 200,
        "put off": 1,
        "form": [200, True, True],
        "sign-in": [503, "30"],
        "noted later": [1, 0],
        "notes after": told["notes"] + 1,
        "free while a file is": {"checked": 1, "read": 2},
        "checked": "checked",
        "written": "written",
    }


def test_an_older_backup_without_rules_comes_back_whole_over_a_lost_database_with_its_journal(
    transactional_db, tmp_path
):
    make_world()
    here, path = seat_of_tests(tmp_path / "here"), tmp_path / "one.zip"
    told = here.run(TELL).partition("{")[2]
    here.run("call_command('migrate', 'organizations', '0010', verbosity=0)")
    with closing(sqlite3.connect(here.file)) as file, file:
        file.execute("DROP TRIGGER history_members_member_insert")
        file.execute("DROP TABLE organizations_disposal")
        file.execute("DELETE FROM django_migrations WHERE name LIKE '%ancestry_%' OR name LIKE '%_disposals'")
    here.run(f"call_command('backup', {str(path)!r})")
    here.run("call_command('migrate', verbosity=0)")
    here.killed_while_it_writes(3)
    assert here.journal.stat().st_size
    here.file.write_bytes(b"no database" * 1000)
    assert here.restore(path, TELL).endswith(told)
    with closing(sqlite3.connect(here.file)) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        back = "SELECT 1 FROM sqlite_master, django_migrations m WHERE sqlite_master.name = ? AND m.name LIKE ?"
        assert file.execute(back, ["history_members_member_insert", "%ancestry_once"]).fetchone()
