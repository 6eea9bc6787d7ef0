"""What is installed from a wheel, far from this tree, is the whole program. ``script/wheel --try`` does it with pip."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.house import ROOT
from tests.soak.server import free_port
from tests.test_add_an_act import copied

pytestmark = [pytest.mark.long, pytest.mark.sqlite_only]

LEFT_OUT = ("tests/", "__pycache__/", "locale/es/parts/missing.po")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy of the tree; its Spanish and its interface document are there, as ``script/wheel`` has them."""
    folder = tmp_path_factory.mktemp("wheel")
    words = ["wheel", "--no-deps", "--wheel-dir", str(folder / "dist"), "."]
    run([sys.executable, "-m", "pip", *words], cwd=copied(folder / "house"))
    [made] = (folder / "dist").glob("comuna-*.whl")
    return made


def run(command: list[str], cwd: Path, **environment: str) -> str:
    """What a command that must succeed prints."""
    done = subprocess.run(
        command, cwd=cwd, env=plain(environment), capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


def plain(more: dict[str, str]) -> dict[str, str]:
    ours = ("PYTHON", "COMUNA_", "DJANGO_", "DATABASE_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | more


def test_every_file_of_the_package_but_its_tests_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        packed = set(opened.namelist())
    here = {path.relative_to(ROOT).as_posix() for path in (ROOT / "comuna").rglob("*") if path.is_file()}
    wanted = {name for name in here if not any(part in name for part in LEFT_OUT)}
    assert sorted(wanted - packed) == []
    assert [name for name in packed if "/tests/" in name] == []
    for name in ("locale/es/LC_MESSAGES/django.mo", "web/static/openapi.json", "look/static/look/comuna.css"):
        assert f"comuna/{name}" in packed


def test_the_wheel_alone_makes_the_sample_and_serves_it_in_spanish(wheel: Path, tmp_path: Path) -> None:
    """In an environment of its own: the dependencies are those of this one, the program only what is in the wheel."""
    run([sys.executable, "-m", "venv", "--without-pip", "alone"], cwd=tmp_path)
    [site] = (tmp_path / "alone").glob("lib/python*/site-packages")
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(site)
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    comuna = [str(tmp_path / "alone" / "bin" / "python"), "-m", "comuna.cli"]
    where = run([*comuna[:1], "-c", "import comuna; print(comuna.__file__)"], cwd=tmp_path)
    assert where.startswith(str(site)), where
    home = {"COMUNA_HOME": str(tmp_path / "home")}
    assert "is ready" in run([*comuna, "demo", "--council"], cwd=tmp_path, **home)
    port = str(free_port())
    server = subprocess.Popen(
        [*comuna, "serve", "--port", port], cwd=tmp_path, env=plain(home), stdout=subprocess.DEVNULL
    )
    try:
        page = fetched(f"http://127.0.0.1:{port}/")
        assert 'lang="es"' in page
        assert "Asamblea" in page
        sheet = page.split('rel="stylesheet" href="')[1].split('"')[0]
        for path in (sheet, "/api/openapi.json", "/statute/", "/who-decides/", "/look/"):
            assert fetched(f"http://127.0.0.1:{port}{path}"), path
    finally:
        server.terminate()
        server.wait()


def fetched(address: str) -> str:
    for _attempt in range(100):
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return str(answer.read().decode())
        except ConnectionRefusedError:
            time.sleep(0.2)
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError):
                raise
            time.sleep(0.2)
    raise AssertionError(f"{address} did not answer")
