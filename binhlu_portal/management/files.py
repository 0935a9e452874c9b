"""Files that commands write."""

import os
import tempfile
from pathlib import Path

from django.core.management.base import CommandError


def write_file(path, write):
    """Let `write` fill the file at `path`, which appears whole or stays as it was; return what `write` returns."""
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            unfinished = Path(folder) / path.name
            result = write(unfinished)
            os.replace(unfinished, path)
    except OSError as error:
        sentence = f"Không ghi được tệp “{path}”: kiểm tra thư mục có tồn tại và có quyền ghi không."
        raise CommandError(sentence) from error
    return result
