"""Long texts: a megabyte of what costs most in every field of every form, in addresses and in headers."""

from itertools import cycle
from random import Random
from urllib.parse import quote, urljoin

from binhlu_portal.request_limits import LONGEST_VALUE
from tests.worst_text import MANY, worst

from .values import forms_of

HEADERS = (
    "User-Agent",
    "Accept-Language",
    "Referer",
    "Origin",
    "Cookie",
    "X-Forwarded-For",
    "X-CSRFToken",
    "HX-Target",
)
BOUNDARY = "a-boundary-between-fields"


def attack(run):
    """Send one long text after the other; each field is given another kind of them."""
    browser, kinds = run.browser("clerk"), cycle(worst(1))
    fields = [each for person in ("clerk", "secretary_a") for each in _fields(run, person)]
    fields = list({(address, name): (address, fields, name) for address, fields, name in fields}.values())
    Random(4).shuffle(fields)
    texts = {length: worst(length) for length in (MANY // 2, LONGEST_VALUE)}
    for sent, where in run.within(heads(texts[LONGEST_VALUE])):
        answer = run.ask(browser, "GET", **sent)
        run.expect(answer.status in (200, 302, 400, 403, 404, 414, 431), answer, f"does not refuse {where}")
    for address, others, name in run.within(fields):
        kind = next(kinds)
        for length in texts:
            sent = others | {name: texts[length][kind]}
            answer = run.ask(browser, "POST", address, content=multipart(sent))
            refused = answer.status in (400, 413) or length == LONGEST_VALUE
            run.expect(refused, answer, f"takes {length} characters in {name}")


def _fields(run, person):
    """Yield (address, fields with what stands in them, name) of every field of every form."""
    for path, forms in forms_of(run, person):
        for action, (fields, _) in forms.posts.items():
            address = urljoin(path, action)
            if "dang-xuat" not in address:
                yield from ((address, fields, name) for name in fields)


def heads(texts):
    """Yield (request, what is long in it) of long headers and addresses."""
    for number, text in enumerate(texts.values()):
        value = quote(text)
        for name in HEADERS[number % 2 :: 2]:
            for length in (4_000, 20_000):
                yield {"path": "/", "headers": [(name, value[:length])]}, f"a long {name}"
        for length in (1_900, 60_000):
            yield {"path": f"/dang-vien/?tim={value[:length]}"}, "a long address"


def multipart(fields, files=()):
    """Return (type, bytes) of a form with `files`, triples of field, name and content."""
    parts = [(f'name="{name}"', value.encode("utf-8", "replace")) for name, value in fields.items()]
    parts += [(f'name="{field}"; filename="{name}"', content) for field, name, content in files]
    lines = (f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + body for head, body in parts)
    body = b"\r\n".join([*lines, f"--{BOUNDARY}--\r\n".encode()])
    return f"multipart/form-data; boundary={BOUNDARY}", body
