"""Browsers in words."""

import pytest

from binhlu_portal.accounts import request_info

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (f"{WINDOWS} {CHROME} Safari/537.36", "Chrome trên máy tính Windows"),
        (f"{WINDOWS} {CHROME} Safari/537.36 Edg/130.0", "Edge trên máy tính Windows"),
        (f"{WINDOWS} {CHROME} coc_coc_browser/130.0 Safari/537.36", "Cốc Cốc trên máy tính Windows"),
        (f"Mozilla/5.0 (Linux; Android 14) {CHROME} Mobile Safari/537.36", "Chrome trên điện thoại Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17.0 Mobile Safari/604.1", "Safari trên iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox trên máy tính Linux"),
        ("", "Trình duyệt khác"),
    ],
)
def test_a_browser_is_said_in_words(rf, agent, words):
    assert request_info.browser(rf.get("/", HTTP_USER_AGENT=agent)) == words
