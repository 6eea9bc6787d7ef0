"""``python -m comuna.cli.bench.serving --port N``: ``comuna serve`` with one address more, an empty view."""

from __future__ import annotations

import argparse
import os
import sys


def main() -> int:
    from comuna.cli import serve
    from comuna.cli.start import set_up

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comuna.web.settings")
    set_up()
    from django.conf import settings

    settings.ROOT_URLCONF = "comuna.cli.bench.addresses"
    parser = argparse.ArgumentParser()
    serve.arguments(parser)
    return serve.run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
