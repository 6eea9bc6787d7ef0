"""``python -m tests.soak.weakened NORMAL|OFF WORDS...``: ``comuna WORDS...`` with less syncing than it has.

Only to see that the simulation of power cuts can find lost acts; the product has no such switch.
"""

from __future__ import annotations

import sys

from comuna.web import database


def main() -> int:
    level = sys.argv[1]
    assert level in ("NORMAL", "OFF")
    weaker = database._PRAGMAS.replace("synchronous=FULL", f"synchronous={level}")
    assert weaker != database._PRAGMAS
    database._PRAGMAS = weaker
    from comuna.cli import main as comuna

    return comuna(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
