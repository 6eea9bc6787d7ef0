"""``python -m comuna.acts.blank BUNDLE``: replay a journal into the empty home named by COMUNA_HOME.

Run by ``rebuild.check`` in a process of its own, so that nothing but the bundle can have an influence.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main(source: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comuna.web.settings")
    import django

    django.setup()
    from comuna.acts.rebuild import replay
    from comuna.journal import bundle
    from comuna.journal.prepare import prepare

    prepare()
    bundle.load(Path(source))
    replay()


if __name__ == "__main__":
    main(sys.argv[1])
