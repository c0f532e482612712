"""The sockets that this program listens on."""

import socket

WAITING = 2048  # connections that wait to be accepted


def listen(host: str, port: int) -> socket.socket:
    """A listening TCP socket. Raises OSError (a port in use, a name that isn't this machine's).

    asyncio turns Nagle's algorithm off for sockets that it knows to be TCP, and `socket.create_server` doesn't say so:
    with it on, an answer sent in two pieces waits 40 ms for the client's delayed acknowledgement. What is accepted
    inherits it.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=WAITING)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener
