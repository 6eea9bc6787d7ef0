"""``comuna serve`` on a computer whose clock is a day behind: what is done on it was done yesterday."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, tzinfo

from comuna.acts import clock
from comuna.cli import main


class ADayBehind(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) - timedelta(days=1)


if __name__ == "__main__":
    clock.datetime = ADayBehind  # type: ignore[misc]
    sys.exit(main(["serve", *sys.argv[1:]]))
