"""``comuna serve`` on a computer whose clock is a day behind: what is done on it was done yesterday."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, tzinfo
from typing import Self

from comuna.acts import clock
from comuna.cli import main


class ADayBehind(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return super().now(tz) - timedelta(days=1)


if __name__ == "__main__":
    setattr(clock, "datetime", ADayBehind)  # noqa: B010  the computer's clock, not a name of the module's own
    sys.exit(main(["serve", *sys.argv[1:]]))
