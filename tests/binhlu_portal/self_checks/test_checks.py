"""Self-checks: each says nothing while all is well, and what to do when it is not."""

import re
from collections import namedtuple
from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from binhlu_portal.db.derived import deriving
from binhlu_portal.sandbox.layers import PROTECTIONS
from binhlu_portal.self_checks import checks, isolation
from binhlu_portal.self_checks.registry import SELF_CHECKS, SelfCheck, faults
from binhlu_portal.self_checks.sizes import line_counts, sizes
from binhlu_portal.spreadsheets.jobs import actions as jobs
from binhlu_portal.spreadsheets.jobs import progress
from binhlu_portal.spreadsheets.management.commands import worker
from organizations import self_checks as of_units
from organizations.models import Ancestry

Usage = namedtuple("Usage", "free")


@pytest.fixture
def all_is_well(cell_a, settings, tmp_path, monkeypatch):
    """A portal with a tree, a worker and a backup of last night."""
    settings.BACKUPS = settings.DATA_DIR = tmp_path
    monkeypatch.setattr(progress, "FOLDER", tmp_path / "importing")
    monkeypatch.setattr(isolation, "lacking", list)
    progress.live()
    (tmp_path / f"portal-{timezone.localdate(timezone.now())}.zip").write_bytes(b"12345")
    return tmp_path


def lose_a_rule(folder, **kwargs):
    with connection.cursor() as cursor:
        place = " ON members_spell" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER history_members_spell_update{place}")


def fill_the_disk(folder, monkeypatch, **kwargs):
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda path: Usage(1 << 20))


def change_the_history(folder, monkeypatch, **kwargs):
    monkeypatch.setattr(checks, "broken_seal", lambda: 7)


def let_others_read_a_backup(folder, **kwargs):
    (newest,) = folder.glob("portal-*.zip")
    newest.chmod(0o640)


def write_in_the_future(folder, monkeypatch, **kwargs):
    monkeypatch.setattr(checks, "SLOW", timedelta(days=-1))


def stop_the_worker(folder, **kwargs):
    (folder / "importing" / progress.LIFE).unlink()


def miss_three_nights(folder, **kwargs):
    (newest,) = folder.glob("portal-*.zip")
    newest.rename(folder / f"portal-{timezone.localdate(timezone.now()) - timedelta(days=3)}.zip")


def never_back_up(folder, **kwargs):
    (newest,) = folder.glob("portal-*.zip")
    newest.unlink()


def lose_a_line(folder, **kwargs):
    with deriving():
        Ancestry.objects.filter(depth=1).delete()


def let_the_log_be_rewritten(folder, monkeypatch, settings, **kwargs):
    settings.PORTAL_ROLE = "portal"
    monkeypatch.setattr(checks.connection, "vendor", "postgresql")
    monkeypatch.setattr(checks, "rewritable", lambda role: ["audit_entry"])
    monkeypatch.setitem(SELF_CHECKS, "rules", SelfCheck("rules", "", lambda now: ""))


def lose_a_layer(folder, monkeypatch, **kwargs):
    monkeypatch.setattr(isolation, "lacking", lambda: PROTECTIONS[:2])


def reach_the_database_unchecked(folder, monkeypatch, **kwargs):
    monkeypatch.setattr(checks, "unchecked_host", lambda database: "db.example")


def leave_the_history_of_the_code(folder, settings, **kwargs):
    (folder / ".git").mkdir(mode=0o700)
    settings.BASE_DIR, settings.HOSTS = folder, ["portal.example"]


FAULTS = [
    ("connection", reach_the_database_unchecked, "db.example.*sslmode=verify-full"),
    ("source", leave_the_history_of_the_code, "lịch sử mã nguồn.*\\.git"),
    ("rules", lose_a_rule, "manage.py migrate"),
    ("rights", let_the_log_be_rewritten, "audit_entry.*manage.py migrate"),
    ("seals", change_the_history, "đến mục 7 .* niêm phong.*history-seals"),
    ("files", let_others_read_a_backup, "chmod -R go=.*zip"),
    ("disk", fill_the_disk, "chỉ còn 1 MB"),
    ("clock", write_in_the_future, "chỉnh lại đồng hồ"),
    ("worker", stop_the_worker, "không chạy"),
    ("backup", miss_three_nights, "Bản sao lưu cuối là của ngày"),
    ("ancestry", lose_a_line, "1 dòng.*derive_ancestry"),
    ("isolation", lose_a_layer, "chưa bị ngăn dùng mạng; đọc, ghi tệp khác trên máy chủ: cài gói bubblewrap"),
    ("backup", never_back_up, "Chưa có bản sao lưu nào"),
]


def test_every_self_check_has_an_example():
    assert {code for code, *_ in FAULTS} == set(SELF_CHECKS)


def test_where_all_is_well_nothing_is_found(all_is_well):
    assert faults(timezone.now()) == []


@pytest.mark.parametrize(("code", "spoil", "words"), FAULTS)
def test_what_is_wrong_is_said_with_what_to_do(all_is_well, monkeypatch, settings, code, spoil, words):
    spoil(all_is_well, monkeypatch=monkeypatch, settings=settings)
    found = {verdict.check.code: verdict.fault for verdict in faults(timezone.now())}
    assert set(found) == {code}
    assert re.search(words, found[code])


def test_a_self_check_that_cannot_look_is_a_fault(all_is_well, monkeypatch):
    def broken(now):
        raise ValueError

    monkeypatch.setitem(SELF_CHECKS, "disk", SelfCheck("disk", "Đĩa", broken))
    assert [(one.check.code, one.fault) for one in faults(timezone.now())] == [
        ("disk", "Không kiểm tra được: xem nhật ký của máy chủ.")
    ]


def test_a_large_tree_is_left_to_the_command(all_is_well, monkeypatch):
    lose_a_line(all_is_well)
    monkeypatch.setattr(of_units, "MOST_UNITS", 1)
    assert faults(timezone.now()) == []


def test_the_log_of_the_server_tells_what_is_wrong_once_a_day(all_is_well, caplog, monkeypatch):
    never_back_up(all_is_well)
    monkeypatch.setattr(worker, "keep_house", lambda today: None)
    command = worker.Command()
    for _ in range(2):
        command.keep_house()
    assert caplog.text.count("self-check backup") == 1


def test_the_command_tells_and_its_exit_code_too(all_is_well, capsys):
    call_command("self_check")
    assert capsys.readouterr().out.count(": tốt") == len(SELF_CHECKS)
    stop_the_worker(all_is_well)
    with pytest.raises(SystemExit):
        call_command("self_check")
    assert "manage.py worker" in capsys.readouterr().out


def test_sizes_are_those_of_what_is_kept(all_is_well, clerk):
    before = {size.label: size.size for size in sizes()}
    jobs.receive_file(user=clerk, name="x.xlsx", content=b"1234567")
    after = {size.label: size.size for size in sizes()}
    assert after["Trong đó: tệp đã gửi lên"] - before["Trong đó: tệp đã gửi lên"] == 7
    assert after["Các bản sao lưu"] == 5
    assert after["Cơ sở dữ liệu"] > 100_000
    assert after["Chỗ trống trên đĩa"] > 0


def test_what_grows_by_itself_is_counted(all_is_well, clerk):
    before = {count.label: count.rows for count in line_counts()}
    jobs.receive_file(user=clerk, name="x.xlsx", content=b"1234567")
    jobs.receive_file(user=clerk, name="leer.xlsx", content=b"")
    grown = {count.label for count in line_counts() if count.rows > before[count.label]}
    assert grown == {"Tệp đã gửi lên", "Trong đó: còn giữ nội dung"}
    assert len(before) == 7


def deploy_warnings():
    """Return what the check of a server says beyond Django's own."""
    return [(warning.id, warning.msg) for warning in run_checks(tags=["machine"], include_deployment_checks=True)]


def test_a_server_on_a_network_is_warned_of_what_is_not_isolated(monkeypatch, settings):
    settings.HOSTS = ["portal.example"]
    monkeypatch.setattr(isolation, "lacking", list)
    assert deploy_warnings() == []
    monkeypatch.setattr(isolation, "lacking", lambda: PROTECTIONS[1:3])
    words = "Processes that read foreign files are not isolated: files, modes."
    assert deploy_warnings() == [("binhlu_portal.W001", words)]
    settings.HOSTS = []
    assert deploy_warnings() == []
