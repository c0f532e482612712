"""`lingjun serve`: the catalogue on the web."""

import argparse
from collections.abc import Callable

from catalog.cli.arguments import port
from schemas.text import Text

HELP = Text("运行目录服务：网页、API 与后台任务", "serve the catalogue: pages, API and background work")

_HOST = Text("监听地址（默认依设置 server.host）", "address to listen on (default: the setting server.host)")
_PORT = Text("端口（默认依设置 server.port）", "port (default: the setting server.port)")
_SERVED = Text("目录在 {address} （Ctrl-C 结束）", "The catalogue is at {address} (Ctrl-C ends)")
_STOPPED = Text("目录已停止。", "The catalogue has stopped.")


def add_arguments(parser: argparse.ArgumentParser, say: Callable[[Text], str]) -> None:
    """Where; everything else is in the settings."""
    parser.add_argument("--host", metavar="HOST", help=say(_HOST))
    parser.add_argument("--port", type=port, metavar="PORT", help=say(_PORT))


def run(args: argparse.Namespace) -> int:
    """Serve until SIGTERM or Ctrl-C: exit status 0. 2: the settings are wrong; 3: the machine lacks something."""
    import msgspec

    from catalog.server import serve
    from catalog.settings import load_settings

    settings = load_settings()
    given = {"host": args.host, "port": args.port}
    server = msgspec.structs.replace(
        settings.server, **{name: value for name, value in given.items() if value is not None}
    )

    def started(address: str) -> None:
        print(_SERVED.format(address=address).say(args.language), flush=True)

    serve(msgspec.structs.replace(settings, server=server), started)
    print(_STOPPED.say(args.language))
    return 0
