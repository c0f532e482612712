"""Background work: huey on an SQLite file by default, on Redis where there are several machines.

A job is only a hint that there is something to build or to send. A lost queue loses nothing: the sweep finds what is
missing, and what waits in the outbox is looked for every minute.
"""

import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.consumer import Consumer
from huey.registry import Message
from redis.exceptions import RedisError

from catalog.domain.errors import DomainError
from catalog.packages.build import Packages
from catalog.packages.claims import PackageKey, Shape
from catalog.packages.sweep import Swept, sweep
from catalog.services import outbox
from catalog.settings import QueueSettings, Settings
from catalog.webhooks.courier import Courier
from catalog.webhooks.sending import Sender
from exporters.combined import combinable
from exporters.presets import preset
from schemas.errors import MachineError, UsageError
from schemas.text import Text

QUEUE = "lingjun"
QUEUE_FILE = "queue.sqlite"
_SWEEP = crontab(minute="*/5")
_WHOLE_SWEEP = crontab(minute="17")
_EVERY_MINUTE = crontab()
_BUILD = "build"
_LONGEST_PAUSE = 2.0  # seconds between looks into an empty queue
_PATIENCE = 30  # seconds that a job waits for another's build before it leaves it to the sweep
_STOP_SECONDS = 30

_NO_QUEUE = Text("无法使用任务队列：{reason}", "The queue can't be used: {reason}")

_log = logging.getLogger(__name__)


class _Messages:
    """Jobs as JSON: whoever can write into the queue must not be able to run code (huey's own way is pickle)."""

    @staticmethod
    def serialize(message: Any) -> bytes:
        return msgspec.json.encode(list(message))

    @staticmethod
    def deserialize(data: bytes) -> Any:
        return Message(*msgspec.json.decode(data))


class Jobs:
    """The queue, seen from both ends: hints go in, workers take them out. One object a process."""

    def __init__(
        self,
        packages: Packages,
        queue: QueueSettings,
        data: Path,
        *,
        sender: Sender | None = None,
        immediate: bool = False,
    ) -> None:
        """`data`: folder of the SQLite file, where no Redis is set. `sender` of messages to webhooks: the default's where
        none is given. `immediate`: jobs are done at once, for tests."""
        self.packages = packages
        self.sender = sender or Sender()
        self._courier = Courier(packages.database, self.sender)
        self._tell: Callable[[], object] = self._courier.finish if immediate else self._courier.wake
        self.huey = _huey(queue, data, immediate=immediate)
        self._build: Callable[..., object] = self.huey.task(name=_BUILD)(self._run_build)
        self._sweep: Callable[..., object] = self.huey.periodic_task(_SWEEP, name="sweep")(self._run_sweep)
        self.huey.periodic_task(_WHOLE_SWEEP, name="whole-sweep")(self._run_whole_sweep)
        self._deliver: Callable[..., object] = self.huey.periodic_task(_EVERY_MINUTE, name="deliver")(
            self._tell
        )

    @classmethod
    def of(cls, settings: Settings, packages: Packages) -> "Jobs":
        """As the settings say."""
        return cls(packages, settings.queue, settings.data, sender=Sender(settings.webhooks))

    def hint(self, key: PackageKey) -> None:
        """There is a package to build."""
        _enqueue(self._build, *key)

    def hint_version(self, version_id: int, preset_name: str = "generic") -> None:
        """A version was published: everything for one preset is to be built."""
        for package_format in preset(preset_name).formats:
            self.hint(PackageKey(version_id, package_format.value, preset_name))

    def hint_curriculum(self, version_id: int, preset_name: str = "generic") -> None:
        """A curriculum's version was published: as one package it is to be built; sets are made when they are asked for."""
        for package_format in combinable(preset_name):
            self.hint(PackageKey(version_id, package_format.value, preset_name, Shape.CURRICULUM))

    def hint_sweep(self) -> None:
        """Sweep soon."""
        _enqueue(self._sweep)

    def hint_messages(self) -> None:
        """Webhooks are to be told something."""
        _enqueue(self._deliver)

    def waiting(self) -> int:
        """How many jobs wait for a worker. Raises MachineError when the queue can't be reached."""
        try:
            return int(self.huey.pending_count())
        except (RedisError, sqlite3.Error) as error:
            raise MachineError(_NO_QUEUE.format(reason=str(error).partition("\n")[0])) from error

    def sweep(self, *, whole: bool = True) -> Swept:
        """Sweep now. What is missing goes into the queue, unless that is still busy with what the last sweep found."""
        idle = not any(task.name == _BUILD for task in self.huey.pending())
        return sweep(self.packages, self.hint if idle else _leave, whole=whole)

    def build_all(self) -> Swept:
        """Sweep now; build what is missing, and tell webhooks of it, before this returns."""
        swept = sweep(self.packages, lambda key: self._run_build(*key))
        self._courier.finish()
        return swept

    def close(self) -> None:
        """Wait for the messages that are on their way to webhooks; send no more."""
        self._courier.close()

    def _run_build(
        self, version_id: int, package_format: str, preset_name: str, shape: str = Shape.COURSE
    ) -> None:
        key = PackageKey(version_id, package_format, preset_name, Shape(shape))
        try:
            self.packages.ensure(key, patience=_PATIENCE)
            self._tell()
        except (DomainError, MachineError, UsageError) as error:
            _log.warning(
                "not built: %s version %s, %s for %s: %s",
                shape,
                version_id,
                package_format,
                preset_name,
                error,
            )

    def _run_sweep(self) -> None:
        self.sweep(whole=False)

    def _run_whole_sweep(self) -> None:
        self.sweep()
        with self.packages.database.write() as session:
            outbox.forget(session)


class Workers:
    """Workers in this process: threads that take jobs and sweep, while the heavy work is done in confined processes."""

    def __init__(self, jobs: Jobs, count: int) -> None:
        self._jobs = jobs
        self._options = {
            "workers": count,
            "max_delay": _LONGEST_PAUSE,
            "shutdown_timeout": _STOP_SECONDS,
            "graceful_signal": "TERM",
        }
        self._embedded: Consumer | None = None

    def run(self) -> None:
        """Work until SIGTERM or Ctrl-C, then finish what was begun. For the main thread."""
        self._jobs.hint_sweep()
        Consumer(self._jobs.huey, **self._options).run()
        self._jobs.close()

    def start(self) -> None:
        """Work beside a server, whose business signals are."""
        self._jobs.hint_sweep()
        self._embedded = _Embedded(self._jobs.huey, **self._options)
        self._embedded.start()

    def stop(self) -> None:
        """Finish what was begun."""
        if self._embedded is not None:
            self._embedded.stop(graceful=True)
            self._embedded = None
            self._jobs.close()


class _Embedded(Consumer):
    """huey's consumer without its signal handlers."""

    def _set_signal_handlers(self) -> None:
        pass


def _enqueue(task: Callable[..., object], *words: object) -> None:
    """What was decided is stored already: a queue that is away must not make it look as if it failed."""
    try:
        task(*words)
    except (RedisError, sqlite3.Error) as error:
        _log.warning("no hint, the next sweep finds it: %s", error)


def _leave(_: PackageKey) -> None:
    pass


def _huey(queue: QueueSettings, data: Path, *, immediate: bool) -> Huey:
    common = {"name": QUEUE, "results": False, "serializer": _Messages(), "immediate": immediate}
    if queue.url:
        return RedisHuey(url=queue.url, **common)
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    return SqliteHuey(filename=str(data / QUEUE_FILE), fsync=False, **common)
