"""The report as PDF, where the machine has LibreOffice; the test says loudly where it has not."""

import shutil
import subprocess
import warnings

import pytest

from binhlu_portal.db.actions import Refusal
from reports.narrative import pdf
from tests.reports.narrative.docx_reader import document

has_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="PDF NOT TESTED: no LibreOffice here")


@has_libreoffice
def test_the_document_becomes_a_pdf_with_its_text_and_the_same_bytes(tmp_path):
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


def test_what_libreoffice_cannot_do_in_time_is_refused_and_stopped(tmp_path, monkeypatch):
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 30\n")
    slow.chmod(0o755)
    monkeypatch.setattr(pdf, "program", lambda: str(slow))
    monkeypatch.setattr(pdf, "SECONDS", 0.2)
    with pytest.raises(Refusal, match="Chưa lập được tệp PDF"):
        pdf.convert(document("Mẫu"))


def test_what_libreoffice_leaves_undone_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "program", lambda: "/bin/true")
    with pytest.raises(Refusal, match="Chưa lập được tệp PDF"):
        pdf.convert(document("Mẫu"))
