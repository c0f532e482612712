"""The example with which receivers check signatures, as it stands in the documentation, does."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.services.outbox import KINDS
from catalog.webhooks import signing
from catalog.webhooks.sending import Trouble

DOCS = Path(__file__).parents[4] / "docs"
PAGES = pytest.mark.parametrize("page", ["api.md", "api.en.md"])


@PAGES
def test_the_example_tells_ours_from_others(page: str) -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```", (DOCS / page).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    found: dict[str, Any] = {}
    exec(code, found)  # noqa: S102
    verified: Callable[..., bool] = found["verified"]
    key, body, now = signing.new_secret(), "正文".encode(), int(time.time())
    secret = signing.shown_secret(key)
    headers = signing.headers([b"another", key], "msg_1", now, body)
    assert verified(headers, body, secret)
    assert not verified(headers, body + b" ", secret)
    assert not verified(headers, body, signing.shown_secret(signing.new_secret()))
    assert not verified(headers | {"webhook-id": "msg_2"}, body, secret)
    assert not verified(signing.headers([key], "msg_1", now - 4000, body), body, secret)


@PAGES
def test_every_kind_and_trouble_is_documented(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    for word in (*KINDS, *Trouble):
        assert f"`{word}`" in text
