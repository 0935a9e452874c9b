"""The report as PDF, where the machine has LibreOffice; the test says loudly where it has not."""

import fcntl
import os
import shutil
import subprocess
import warnings

import pytest

from binhlu_portal.db.actions import Refusal
from binhlu_portal.sandbox import processes
from binhlu_portal.sandbox.layers import lacking, layers
from reports.narrative import pdf
from tests.reports.narrative.docx_reader import document

has_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="PDF NOT TESTED: no LibreOffice here")


@has_libreoffice
@pytest.mark.parametrize("around", ["bubblewrap", "landlock+seccomp"])
def test_the_document_becomes_a_pdf_with_its_text_and_the_same_bytes(around, tmp_path, monkeypatch):
    if around != "bubblewrap":
        monkeypatch.setattr(processes, "wrapped", lambda command, reach: [*command])
    content = document("Báo cáo của Đảng ủy", "44,5 %")
    made = pdf.convert(content)
    assert made.startswith(b"%PDF")
    assert pdf.convert(content) == made
    if shutil.which("pdftotext"):
        (tmp_path / "a.pdf").write_bytes(made)
        text = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, check=True).stdout.decode()
        assert "Báo cáo của Đảng ủy" in text
    else:
        warnings.warn("no pdftotext: text of the PDF not looked at", stacklevel=1)


@pytest.fixture(params=["bubblewrap", "landlock+seccomp"])
def office(request, monkeypatch, tmp_path):
    """Return a function that puts a script of the shell in the place of LibreOffice, its shell beside it."""
    if request.param != "bubblewrap" or "bubblewrap" not in layers():
        monkeypatch.setattr(processes, "wrapped", lambda command, reach: [*command])
    folder = tmp_path / "office" / "program"
    folder.mkdir(parents=True)
    shutil.copy(os.path.realpath("/bin/sh"), folder / "sh")
    monkeypatch.setattr(pdf, "program", lambda: str(folder / "soffice.bin"))

    def put(script):
        (folder / "soffice.bin").write_text(f"#!{folder}/sh\n{script}\n")
        (folder / "soffice.bin").chmod(0o755)

    return put


def test_what_libreoffice_writes_in_its_folder_is_the_answer(office):
    office("echo %PDF-1.7 a report > bao-cao.pdf")
    assert pdf.convert(document("Mẫu")) == b"%PDF-1.7 a report\n"


def test_libreoffice_is_started_again_when_it_asks_for_it_and_no_more(office):
    office("if [ -e once ]; then echo made > bao-cao.pdf; else echo > once; exit 81; fi")
    assert pdf.convert(document("Mẫu")) == b"made\n"
    office("echo >> starts; exit 81")
    with pytest.raises(Refusal, match="Chưa lập được tệp PDF"):
        pdf.convert(document("Mẫu"))


def test_libreoffice_sees_neither_settings_nor_secrets_and_writes_nowhere_else(office, monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret@127.0.0.1/portal")
    (tmp_path / "secret").write_text("secret")
    office(
        f"{{ set; read line < {tmp_path}/secret; echo $line; }} > bao-cao.pdf 2>&1; echo x > {tmp_path}/written; exit 0"
    )
    said = pdf.convert(document("Mẫu"))
    holds = "files" not in {protection.code for protection in lacking()}
    assert b"postgres" not in said
    assert (b"secret\n" not in said) == holds
    assert (tmp_path / "written").exists() != holds


def test_what_libreoffice_cannot_do_in_time_is_refused_and_stopped(office, monkeypatch):
    office("while :; do :; done")
    monkeypatch.setattr(pdf, "SECONDS", 1)
    with pytest.raises(Refusal, match="Chưa lập được tệp PDF"):
        pdf.convert(document("Mẫu"))


def test_work_and_memory_of_libreoffice_have_an_end(office, monkeypatch):
    memory, _, largest = pdf.LIMITS
    monkeypatch.setattr(pdf, "LIMITS", (memory, 1, largest))
    office("while :; do :; done")
    with pytest.raises(Refusal, match="Chưa lập được tệp PDF"):
        pdf.convert(document("Mẫu"))
    monkeypatch.setattr(pdf, "LIMITS", (64 << 20, 60, largest))
    office("ulimit -v > bao-cao.pdf")
    assert pdf.convert(document("Mẫu")) == b"65536\n"
    monkeypatch.setattr(pdf, "LIMITS", (memory, 60, 10))
    office("echo more than ten letters > bao-cao.pdf")
    assert len(pdf.convert(document("Mẫu"))) <= 10


def test_what_libreoffice_leaves_undone_is_refused(office):
    office("exit 0")
    with pytest.raises(Refusal, match="Chưa lập được tệp PDF"):
        pdf.convert(document("Mẫu"))


def test_who_waits_too_long_for_libreoffice_is_told_to_try_again(office, monkeypatch):
    office("echo made > bao-cao.pdf")
    waited = []
    monkeypatch.setattr(pdf, "sleep", waited.append)
    with open(pdf.settings.DATA_DIR / "soffice.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Refusal, match="đang bận lập tệp PDF cho người khác"):
            pdf.convert(document("Mẫu"))
        assert sum(waited) == pytest.approx(5)
        monkeypatch.setattr(pdf, "sleep", lambda seconds: fcntl.flock(lock, fcntl.LOCK_UN))
        assert pdf.convert(document("Mẫu")) == b"made\n"


def test_no_socket_of_libreoffice_stays(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "PIPES", tmp_path)
    (tmp_path / "OSL_PIPE_0_SingleOfficeIPC_b8699226de2cac2e18bf88866a1372db").touch()
    (tmp_path / "OSL_PIPE_0_SingleOfficeIPC_of-another").touch()
    pdf.leave_no_pipe("file:///srv/portal/profile")
    assert [path.name for path in tmp_path.iterdir()] == ["OSL_PIPE_0_SingleOfficeIPC_of-another"]


def test_the_binary_is_taken_rather_than_the_script(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf.shutil, "which", lambda name: None)
    assert pdf.program() is None
    (tmp_path / "soffice").touch()
    monkeypatch.setattr(pdf.shutil, "which", lambda name: str(tmp_path / "soffice"))
    assert pdf.program() == str(tmp_path / "soffice")
    (tmp_path / "soffice.bin").touch()
    assert pdf.program() == str(tmp_path / "soffice.bin")
