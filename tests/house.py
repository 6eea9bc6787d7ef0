"""The house's rules of style as functions from source text to findings. ``test_house`` runs and tests them."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "comuna"
FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 70


@dataclass(frozen=True)
class Source:
    """One Python file."""

    path: str  # from the root, with slashes
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def is_test(self) -> bool:
        return "/tests/" in f"/{self.path}" or self.path.endswith("conftest.py")


Findings = Iterator[str]
Check = Callable[[Source], Findings]


def sources() -> list[Source]:
    """Every Python file of the package and its tests, migrations left out."""
    paths = [*sorted(PACKAGE.rglob("*.py")), *sorted((ROOT / "tests").rglob("*.py")), ROOT / "conftest.py"]
    return [
        Source(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))
        for path in paths
        if "migrations" not in path.parts
    ]


def short_files(source: Source) -> Findings:
    lines = source.text.count("\n")
    if lines > FILE_LINES_MAX:
        yield f"{source.path}: {lines} lines; split it by noun at {FILE_LINES_MAX}"


def short_functions(source: Source) -> Findings:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES_MAX:
                yield f"{source.path}:{node.lineno} {node.name}: {lines} lines; one thing fits in {FUNCTION_LINES_MAX}"


_BANNED_FILES = {
    "utils.py": "the thing it is about",
    "common.py": "the room it belongs to",
    "helpers.py": "the thing it is about",
}
_BANNED_FILES |= {
    "services.py": "acts.py or effects.py",
    "core.py": "the thing it is about",
    "managers.py": "queries.py",
}
_BANNED_NAMES = re.compile(r"(Manager|Handler|Helper|Utils?|Service|Mixin)$|^Base[A-Z]")


def plain_names(source: Source) -> Findings:
    name = source.path.rsplit("/", 1)[-1]
    if name in _BANNED_FILES:
        yield f"{source.path}: call it after {_BANNED_FILES[name]}"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef) and _BANNED_NAMES.search(node.name):
            yield f"{source.path}:{node.lineno} {node.name}: a name says the thing, not its kind"


def a_paragraph_in_each_room(source: Source) -> Findings:
    parts = source.path.split("/")
    if parts[-1] == "__init__.py" and len(parts) == 3 and parts[0] == "comuna":
        words = ast.get_docstring(source.tree) or ""
        if len(words.split()) < 12:
            yield f"{source.path}: one paragraph that says what the room is for"


_IMPURE = {"random", "time", "os", "socket", "requests", "urllib", "http", "subprocess", "secrets", "uuid4"}


def _is_of(source: Source, name: str) -> bool:
    """Whether a file is (part of) a room's ``acts`` or ``effects``."""
    parts = source.path.split("/")
    return (
        len(parts) >= 3
        and parts[0] == "comuna"
        and not source.is_test
        and (parts[2] == f"{name}.py" or (parts[2] == name and len(parts) == 4))
    )


def acts_ask_no_clock(source: Source) -> Findings:
    """Acts and effects import nothing that differs from one replay to the next."""
    if not (_is_of(source, "acts") or _is_of(source, "effects")):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            names = [alias.name.split(".")[0] for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [(node.module or "").split(".")[0], *(alias.name for alias in node.names)]
        else:
            continue
        for name in sorted(_IMPURE & set(names)):
            yield f"{source.path}:{node.lineno} imports {name}: replay would differ"


_WRITES = {"create", "update", "delete", "save", "bulk_create", "bulk_update", "update_or_create", "get_or_create"}
_PEN_MAKERS = ("comuna/acts/erasing.py",)  # blank_state: erasure writes every room's declared columns


def one_pen(source: Source) -> Findings:
    """Rows of state are written through ``record`` alone."""
    if not (_is_of(source, "acts") or _is_of(source, "effects")) or source.path in _PEN_MAKERS:
        return
    for node in ast.walk(source.tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _WRITES):
            continue
        if _starts_with(node.func.value, "objects") or node.func.attr in ("save", "bulk_create"):
            yield f"{source.path}:{node.lineno} .{node.func.attr}(: state is written with record.create or update"


def _starts_with(node: ast.AST, name: str) -> bool:
    """Whether a chain of calls and attributes has this attribute in it: ``Model.objects.filter(...)``."""
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Attribute) and node.attr in (name, "_default_manager"):
            return True
        node = node.func if isinstance(node, ast.Call) else node.value
    return False


_DECIDERS = {"rules", "solve", "queries", "seating"}


def _decides(path: list[str]) -> bool:
    """Whether an imported name comes from where things are worked out."""
    of_statutes = "statutes" in path[:2] and not {"effects", "models"} & set(path)
    return bool(_DECIDERS & set(path)) or of_statutes


def apply_copies(source: Source) -> Findings:
    """``apply`` uses no name that comes from rules, solvers, queries or statutes, and asks for no version."""
    if not _is_of(source, "acts"):
        return
    decided: set[str] = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if _decides([*(node.module or "").split("."), alias.name]) and alias.name[:1].islower():
                    decided.add(alias.asname or alias.name)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef) and node.name == "apply":
            for inner in ast.walk(node):
                if isinstance(inner, ast.Name) and inner.id in decided:
                    yield f"{source.path}:{inner.lineno} apply uses {inner.id}: check computes, apply copies"
                if isinstance(inner, ast.Attribute) and inner.attr == "version":
                    yield f"{source.path}:{inner.lineno} apply asks for a version: a new meaning is a new verb"


def nothing_swallowed(source: Source) -> Findings:
    """A failed try either says so or, where the try would have returned, goes on with another way."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Try) and not isinstance(node.body[-1], ast.Return):
            for handler in node.handlers:
                if len(handler.body) == 1 and isinstance(handler.body[0], ast.Pass):
                    yield f"{source.path}:{handler.lineno} an exception is swallowed"


_MACHINE = re.compile(
    r"/(work|root|home/\w+)/|https?://(?!localhost|127\.0\.0\.1|c2sp\.org|www\.w3\.org|datatracker|example\.)[\w.]+"
)


def no_machine_paths(source: Source) -> Findings:
    for number, line in enumerate(source.text.splitlines(), start=1):
        if source.path not in ("tests/house.py", "tests/test_house.py") and (match := _MACHINE.search(line)):
            yield f"{source.path}:{number} names a place that is only on one machine: {match[0]}"


CHECKS: tuple[Check, ...] = (
    short_files,
    short_functions,
    plain_names,
    a_paragraph_in_each_room,
    acts_ask_no_clock,
    one_pen,
    apply_copies,
    nothing_swallowed,
    no_machine_paths,
)
