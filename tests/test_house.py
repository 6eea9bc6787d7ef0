"""The house's rules hold, and the rules themselves are tested on a good and a bad example each."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from pydantic import BaseModel

from comuna.acts.act import Act, ActFacts, all_acts
from comuna.acts.fields import Field, Kind, Row, fields_of
from comuna.journal.tables import Local, State, Truth
from tests import house
from tests.house import ROOT, Check, Source

FLOORS = [
    "journal",
    "acts",
    "statutes",
    "look",
    "territory",
    "mandates",
    "letters",
    "assemblies",
    "elections",
    "processes",
    "treasury",
    "web",
]
OURS = [model for model in apps.get_models() if model.__module__.startswith("comuna.")]


@pytest.mark.parametrize("check", house.CHECKS, ids=lambda check: check.__name__)
def test_the_house_rule_holds_everywhere(check: Check) -> None:
    assert [finding for source in house.sources() for finding in check(source)] == []


ACT = "comuna/works/acts.py"
EXAMPLES: list[tuple[Check, str, str, str]] = [
    (house.short_files, "comuna/works/rules.py", "x = 1\n", "x = 1\n" * 401),
    (house.short_functions, "comuna/works/rules.py", "def f():\n    pass\n", "def f():\n" + "    x = 1\n" * 70),
    (house.plain_names, "comuna/works/rules.py", "class Quorum: ...\n", "class QuorumManager: ...\n"),
    (
        house.a_paragraph_in_each_room,
        "comuna/works/__init__.py",
        '"""Reports, brigades and their work orders: what a neighbour reports becomes work and is accounted for."""\n',
        '"""Works."""\n',
    ),
    (house.acts_ask_no_clock, ACT, "from datetime import date\n", "import random\n"),
    (house.one_pen, ACT, "record.create(Report, title='x')\n", "Report.objects.filter(pk=1).update(title='x')\n"),
    (
        house.apply_copies,
        ACT,
        """from comuna.works.rules import due
class A:
    def check(self, world): return due(1)
    def apply(self, record): record.create(X)
""",
        "from comuna.works.rules import due\nclass A:\n    def apply(self, record): record.create(X, day=due(1))\n",
    ),
    (
        house.nothing_swallowed,
        ACT,
        "try:\n    f()\nexcept ValueError:\n    raise\n",
        "try:\n    f()\nexcept ValueError:\n    pass\n",
    ),
    (house.no_machine_paths, ACT, "x = 'files/a'\n", "x = '/root/files'\n"),
]


@pytest.mark.parametrize(("check", "path", "good", "bad"), EXAMPLES, ids=lambda value: getattr(value, "__name__", None))
def test_a_house_rule_knows_good_from_bad(check: Check, path: str, good: str, bad: str) -> None:
    assert list(check(Source(path, good))) == []
    assert len(list(check(Source(path, bad)))) == 1


NAMED_BY_OTHERS = re.compile(r"^[A-Z]\w+Config$|^handler\d+$|^post_")  # Django's and the API's own


def test_every_public_name_is_used_by_the_program() -> None:
    """What only tests use, or nobody, is deleted the day it is not used. Settings and acts are used by their names."""
    program = [one for one in house.sources() if one.path.startswith("comuna/") and not one.is_test]
    pages = [path.read_text("utf-8") for path in (ROOT / "comuna").rglob("*.html")]
    words = Counter(word for text in [*pages, *(one.text for one in program)] for word in re.findall(r"\w+", text))
    acts = {act.__name__ for act in own_acts()}
    unused = [
        f"{one.path} {name}"
        for one in program
        if one.path != "comuna/web/settings.py"
        for name in public_names(one)
        if words[name] == 1 and name not in acts and not NAMED_BY_OTHERS.search(name)
    ]
    assert unused == []


def public_names(source: Source) -> list[str]:
    """Functions, classes and constants at the top of a file."""
    found: list[str] = []
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.append(node.name)
        elif isinstance(node, ast.Assign):
            found += [target.id for target in node.targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.append(node.target.id)
    return found


def test_every_rule_has_its_example() -> None:
    assert {check for check, *_ in EXAMPLES} == set(house.CHECKS)


def test_every_table_is_truth_state_or_local_and_of_one_class_only() -> None:
    for model in OURS:
        kinds = [kind for kind in (Truth, State, Local) if issubclass(model, kind)]
        assert len(kinds) == 1, f"{model.__name__} is of {len(kinds)} classes of tables"


def test_references_between_tables_point_downward_and_stay_in_their_class() -> None:
    for model in OURS:
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey):
                target = field.related_model
                assert isinstance(target, type)
                assert FLOORS.index(target._meta.app_label) <= FLOORS.index(model._meta.app_label), (
                    f"{model.__name__}.{field.name}"
                )
                for kind in (Truth, State, Local):
                    assert issubclass(model, kind) == issubclass(target, kind), f"{model.__name__}.{field.name}"
            assert not isinstance(field, models.ManyToManyField), (
                f"{model.__name__}.{field.name}: make the table between them"
            )


def test_state_is_never_counted_up() -> None:
    for model in OURS:
        if issubclass(model, State):
            assert isinstance(model._meta.pk, models.UUIDField), model.__name__


def test_a_state_room_has_one_migration() -> None:
    for config in apps.get_app_configs():
        kinds = {issubclass(model, State) for model in config.get_models()}
        folder = ROOT / "comuna" / config.label / "migrations"
        if kinds == {True} and folder.exists():
            assert [path.name for path in sorted(folder.glob("0*.py"))] == ["0001_initial.py"], config.label


def test_each_room_s_migration_makes_the_tables_of_its_models() -> None:
    loader = MigrationLoader(None)
    changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(graph=loader.graph)
    rooms = {config.label for config in apps.get_app_configs() if (ROOT / "comuna" / config.label).exists()}
    assert sorted(rooms & set(changes)) == [], "run script/tables"


def own_acts() -> list[type[Act]]:
    return [act for act in all_acts().values() if ".tests." not in act.__module__]


@pytest.mark.parametrize("act", own_acts(), ids=lambda act: act.verb)
def test_an_act_is_whole(act: type[Act]) -> None:
    room = act.__module__.split(".")[1]
    assert act.verb.split(".")[0] == room, f"the verb {act.verb} says another room"
    assert str(act.label) and str(act.said), act.verb
    assert (act.__doc__ or "").strip(), f"{act.verb} has no help"
    assert "undo" in act.__dict__, f"{act.verb} does not say how it is undone, or why not"
    assert act.undo is None or act.undo in all_acts(), f"{act.undo} is no act"
    assert issubclass(act.Facts, ActFacts)


@pytest.mark.parametrize("act", own_acts(), ids=lambda act: act.verb)
def test_free_words_are_never_in_the_public_bytes(act: type[Act]) -> None:
    parts: tuple[type[BaseModel], ...] = (act, act.Facts)
    for part in parts:
        for field in fields_of(part):
            _free_words_have_an_audience(f"{act.verb}.{field.name}", field)


def _free_words_have_an_audience(name: str, field: Field, inherited: str | None = None) -> None:
    audience = field.audience or inherited
    if field.kind in (Kind.TEXT, Kind.LINE) and field.length_max != 64:
        assert audience is not None, f"{name} is free text without an audience"
    if field.sealed:
        assert audience in ("identity", "health", "mediation"), f"{name} is sealed for nobody"
    if field.row is not None:
        assert issubclass(field.row, Row)
        for inner in fields_of(field.row):
            _free_words_have_an_audience(f"{name}.{inner.name}", inner, audience)


def test_every_dependency_says_why() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(line for extra in extras for line in extra)]
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8").lower()
    names = [re.split(r"[\[<>=!~; ]", line)[0].lower() for line in wanted]
    assert [name for name in names if f"`{name}`" not in page] == []


def test_no_lock_names_a_place() -> None:
    for lock in ROOT.glob("*.lock"):
        assert "://" not in lock.read_text("utf-8"), lock.name


def test_every_form_of_ours_that_posts_carries_a_token() -> None:
    for path in sorted((ROOT / "comuna").rglob("*.html")):
        text = path.read_text("utf-8")
        for form in re.findall(r"<form\b[^>]*method=.post.*?</form>", text, re.S | re.I):
            assert "csrf_token" in form or "csrf" in form, path


def test_verbs_are_never_taken_back() -> None:
    frozen = (ROOT / "tests" / "frozen" / "verbs.txt").read_text("utf-8").split()
    verbs = {act.verb for act in own_acts()}
    assert [verb for verb in frozen if verb not in verbs] == [], "a verb in a journal must be known for ever"
    assert sorted(verbs - set(frozen)) == [], "add new verbs to tests/frozen/verbs.txt"
