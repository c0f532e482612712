"""Fifty readers at once, as a process of their own: each sends its next request when it has the answer to the last.

python -m tests.benchmarks.load PORT USERS REQUESTS <requests.json >figures.json
"""

import asyncio
import json
import random
import sys
import time
from itertools import count


def main() -> None:
    """Read the addresses, send them in turn, print what it took: seconds a request, and altogether."""
    port, users, total = (int(argument) for argument in sys.argv[1:4])
    pause = float(sys.argv[4])
    addresses: list[str] = json.load(sys.stdin)
    signed = f"Authorization: Bearer {sys.argv[5]}\r\n" if len(sys.argv) > 5 else ""
    requests = [f"GET {address} HTTP/1.1\r\nHost: x\r\n{signed}\r\n".encode() for address in addresses]
    print(json.dumps(asyncio.run(_load(port, users, requests, total, pause))))


async def _load(port: int, users: int, requests: list[bytes], total: int, pause: float) -> dict[str, float]:
    turns = count()
    took: list[float] = []

    async def user(number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        chance = random.Random(number)  # noqa: S311 - the same in each run
        while (turn := next(turns)) < total:
            await asyncio.sleep(2 * pause * chance.random())
            begin = time.perf_counter()
            writer.write(requests[turn % len(requests)])
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise AssertionError(head)
            length = head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]
            await reader.readexactly(int(length))
            took.append(time.perf_counter() - begin)
        writer.close()

    begin = time.perf_counter()
    await asyncio.gather(*(user(number) for number in range(users)))
    seconds = time.perf_counter() - begin
    took.sort()
    return {
        "p50": took[len(took) // 2],
        "p95": took[int(len(took) * 0.95)],
        "per_second": len(took) / seconds,
    }


if __name__ == "__main__":
    main()
