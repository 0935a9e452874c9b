"""Limits of what a request may bring as text: refused before any page, form or function has looked at it.

Files are measured where they are read (`spreadsheets/sandbox/limits.py`), and a field of a form keeps its own limit.
"""

import math
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string

from binhlu_portal.text.vietnamese import number

LONGEST_PATH = 200
LONGEST_QUERY = 8_000
LONGEST_PARAMETER = 2_000
"""One value, or the name of one, in an address."""

LONGEST_HEADER = 8_000
"""One header; all cookies come in one."""

LONGEST_VALUE = 200_000
"""One value of a form: the outline of a report, with the marks of its letters apart."""

LARGEST_KEY = 2**63 - 1
"""The largest number that any row of a database has."""

NUL = "\0"
"""What PostgreSQL takes in no text, and what nobody types."""

ADDRESS = "Địa chỉ trang quá dài"
ADDRESS_TOLD = (
    "Địa chỉ trang dài quá mức hệ thống đọc. Mở lại trang cần xem từ trang chính; "
    "nếu đang chọn nhiều mục thì chọn ít hơn rồi thử lại."
)
HEADER = "Trình duyệt gửi kèm quá nhiều dữ liệu"
HEADER_TOLD = (
    "Trình duyệt đang giữ quá nhiều dữ liệu của trang này. Bấm vào biểu tượng ở đầu ô địa chỉ, chọn xóa dữ liệu của "
    f"trang rồi đăng nhập lại; chưa được thì mở cửa sổ ẩn danh, hoặc gọi {settings.PORTAL_OFFICE}."
)
VALUE = "Nội dung gửi lên quá dài"
VALUE_TOLD = (
    f"Có ô dài quá {number(LONGEST_VALUE)} ký tự nên chưa lưu gì. "
    "Quay lại trang trước (nội dung đã gõ thường vẫn còn), rút ngắn hoặc chia ra nhiều lần rồi gửi lại."
)


class RefusedForNow(Exception):
    """What was asked for is refused with a sentence, and may be asked again after `wait`."""

    def __init__(self, sentence: str, wait: timedelta):
        super().__init__(sentence)
        self.wait = wait


class RequestLimits:
    """Request limits middleware."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, unless its address or a header is too long."""
        if len(request.path) > LONGEST_PATH or len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            return too_long(ADDRESS, ADDRESS_TOLD, 414)
        if any(len(value) > LONGEST_HEADER for value in request.headers.values()):
            return too_long(HEADER, HEADER_TOLD, 431)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Callable, view_args: tuple, view_kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer in place of a page that is sent a value too long.

        Raises BadRequest for what is no text, Http404 for a number in the address that no row has.
        """
        asked, typed = list(_texts(request.GET)), list(_texts(request.POST))
        if any(NUL in text for text in (request.path, *asked, *typed)):
            raise BadRequest("A text holds NUL.")
        if any(isinstance(value, int) and value > LARGEST_KEY for value in view_kwargs.values()):
            raise Http404
        if any(len(text) > LONGEST_PARAMETER for text in asked):
            return too_long(ADDRESS, ADDRESS_TOLD, 414)
        if any(len(text) > LONGEST_VALUE for text in typed):
            return too_long(VALUE, VALUE_TOLD, 413)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer in place of a page that was refused for now."""
        if not isinstance(exception, RefusedForNow):
            return None
        seconds = math.ceil(exception.wait.total_seconds())
        answer = render_to_string("too_often.html", {"sentence": str(exception)})
        return HttpResponse(answer, status=429, headers={"Retry-After": str(seconds)})


def _texts(data) -> Iterable[str]:
    """Yield the names and values of what was sent."""
    for name, values in data.lists():
        yield name
        yield from values


def too_long(heading: str, sentence: str, status: int) -> HttpResponse:
    """Return the page that says what is too long, in its heading, and what to do."""
    context = {"heading": heading, "sentence": sentence}
    return HttpResponse(render_to_string("too_long.html", context), status=status)
