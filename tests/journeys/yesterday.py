"""``comuna serve`` on a computer whose clock is a day behind: what is done on it was done yesterday."""

from __future__ import annotations

import sys
import time
from types import SimpleNamespace

from comuna.acts import clock
from comuna.cli import main

A_DAY = 24 * 3600  # seconds

if __name__ == "__main__":
    behind = SimpleNamespace(time=lambda: time.time() - A_DAY)
    setattr(clock, "time", behind)  # noqa: B010  the computer's clock, not a name of the module's own
    sys.exit(main(["serve", *sys.argv[1:]]))
