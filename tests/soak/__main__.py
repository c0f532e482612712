"""`make soak`: site visits planned against the best of all plans, and the catalogue killed at random moments of publishing courses
and curricula, building and backing up, on each database.

    python -m tests.soak [--programmes 300] [--kills 200] [--seed N] [--database sqlite|postgresql]

With 0 programmes or kills that part is left out. The same seed makes the same programmes and kills at the same parts of the work.
Exit status 1 when a promise was broken.
"""

import argparse
import secrets
import sys
import tempfile
import time
from pathlib import Path

from tests.soak.kills import place_on, soak
from tests.soak.plans import soak_plans

DATABASES = ("sqlite", "postgresql")


def main() -> int:
    """Soak, print each kill and the sum."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("--programmes", type=int, default=300)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1 << 32))
    parser.add_argument("--database", choices=DATABASES, action="append")
    args = parser.parse_args()
    broken = 0
    if args.programmes:
        print(f"site visits: {args.programmes} programmes, --seed {args.seed}", flush=True)
        lines = soak_plans(args.programmes, args.seed, lambda line: print(f"  {line}", flush=True))
        for line in lines:
            print(f"  ✗ {line}")
        print(f"site visits: {len(lines)} promises broken", flush=True)
        broken += len(lines)
    for database in (args.database or DATABASES) if args.kills else ():
        print(f"{database}: {args.kills} kills, --seed {args.seed}", flush=True)
        begin = time.monotonic()
        with (
            tempfile.TemporaryDirectory(prefix="lingjun-soak-") as folder,
            place_on(database, Path(folder)) as place,
        ):
            outcome = soak(place, args.kills, args.seed, lambda line: print(f"  {line}", flush=True))
        for line in outcome.broken:
            print(f"  ✗ {line}")
        told = ", ".join(f"{count} {kind}" for kind, count in outcome.acknowledged.items())
        print(
            f"{database}: {outcome.kills} kills in {time.monotonic() - begin:.0f} s; acknowledged: {told}; ",
            end="",
        )
        print(f"{len(outcome.broken)} promises broken", flush=True)
        broken += len(outcome.broken)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
