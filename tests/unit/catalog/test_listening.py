"""An answer in two pieces must not wait for the client's acknowledgement of the first."""

import socket

from catalog.listening import listen


def test_what_is_accepted_sends_at_once() -> None:
    with listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
