"""Signatures are those of Standard Webhooks: its own published example, made with no code of ours."""

import base64

from catalog.webhooks import signing


def test_the_standards_own_example() -> None:
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    body = b'{"test": 2432232314}'
    made = signing.headers([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert made == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_while_a_secret_changes_both_sign() -> None:
    made = signing.headers([b"new", b"old"], "msg_1", 1, b"{}")
    alone = [signing.headers([key], "msg_1", 1, b"{}")["webhook-signature"] for key in (b"new", b"old")]
    assert made["webhook-signature"] == " ".join(alone)
