"""What the loader says of a faulty file: every fault, with its line, in words a person can act on."""

from __future__ import annotations

import tomllib
from time import process_time

import pytest
from hypothesis import given, strategies as st

from comuna.statutes.loader import TEXT_MAX, StatuteErrors, check, load, read
from comuna.statutes.positions import lines_of
from comuna.statutes.statute import AfterTerm, Ballot, Mark, Succession, in_language
from comuna.statutes.tests.samples import HANDOVER, MINIMAL, VERBS, changed


def line(words: str, text: str = MINIMAL) -> int:
    """The line on which the words first stand."""
    return next(number for number, said in enumerate(text.split("\n"), 1) if words in said)


def test_the_small_statute_has_no_faults() -> None:
    assert check(MINIMAL, VERBS) == []


def test_the_words_of_the_file_become_values() -> None:
    statute = load(MINIMAL)
    assert statute.highest().id == "assembly"
    assert statute.organ("assembly").calls[1].quorum.people == 50
    assert statute.seat("treasurer").succession == tuple(
        Succession(s) for s in ("alternate", "next-most-voted", "by-election")
    )
    assert [seat.id for seat in statute.seats if seat.founding] == ["promoter"]
    assert statute.seat("secretary").ballot is Ballot.EITHER
    assert statute.seat("secretary").term.after is AfterTerm.ACTS
    assert statute.organ("assembly").calls[1].quorum.rule.mark is Mark.UNSURE
    assert in_language(statute.title, "en") == "Small statute"
    assert in_language(statute.title, "ar") == "Estatuto mínimo"


def test_a_group_of_seats_stands_for_each_of_its_portfolios() -> None:
    statute = load(MINIMAL)
    assert [seat.id for seat in statute.seats if seat.portfolio_of == "committee"] == [
        "committee.water",
        "committee.health",
    ]
    assert statute.seat("committee.health").name["en"] == "Spokesperson for health"
    assert statute.seats_with_power("assemblies.convene") == (
        "secretary",
        "committee.water",
        "committee.health",
    )
    assert statute.recall_of("committee.water") is not None


def test_a_power_may_reach_the_sessions_of_some_organs_only() -> None:
    statute = load(MINIMAL)
    assert statute.seats_with_power("assemblies.convene", "assembly")
    assert not statute.seats_with_power("assemblies.convene", "board")


HERE = [
    # what is replaced, by what, what is said of that line or of the table it stands in
    (
        'chosen_by = "assembly"\nballot = "secret"',
        'chosen_by = "asembly"\nballot = "secret"',
        "seat treasurer: chosen_by names asembly, which this statute does not have; did you mean assembly?",
    ),
    (
        'organ = "board"\nrule = "small.auditor"',
        'organ = "bord"\nrule = "small.auditor"',
        "did you mean board?",
    ),
    ('quorum = "small.quorum.call2"', 'quorum = "small.quorum.cal2"', "did you mean small.quorum.call2?"),
    ('decision = "small.decision"', 'decision = "small.desicion"', "did you mean small.decision?"),
    ('seat = "promoter"', 'seat = "promotor"', "did you mean promoter?"),
    ('seat = "promoter"', 'seat = "committee"', "founding: seat names committee"),
    ('incompatible_with = ["treasurer"]', 'incompatible_with = ["tresurer"]', "did you mean treasurer?"),
    ('incompatible_with = ["treasurer"]', 'incompatible_with = ["auditor"]', "incompatible with itself"),
    ("age_years = 15", "age_years = 15.0", "age_years is a whole number"),
    ("age_years = 15", "age_years = true", "age_years is a whole number"),
    ("age_years = 15", "age_years = 150", "it may be 0 to 120"),
    ('part = "30 %"', 'part = "130 %"', "above 0, up to the whole"),
    ('part = "30 %"', 'part = "0 %"', "above 0, up to the whole"),
    ('part = "30 %"', "part = 0.3", "a share in quotes"),
    ('base = "present"', 'base = "presnt"', "did you mean present?"),
    ("number = 2", "number = 3", "this is call 2 by its place, but says 3"),
    (
        'title = { es = "Estatuto mínimo", en = "Small statute" }',
        'title = { es = "Estatuto mínimo" }',
        "lacks its words in en",
    ),
    ('title = { es = "Estatuto mínimo", en = "Small statute" }', "title = 3", "the words in each language"),
    ('en = "Small statute"', 'en = "Small \\u202e statute"', "a letter that cannot be seen"),
    ('en = "Small statute"', 'en = "\\u3164"', "holds nothing to read"),
    ('en = "Small statute"', 'en = "Sm\\u0430ll statute"', "letters of several alphabets"),
    ('mark = "U"', 'mark = "X"', "it may be F, M, U, D, O"),
    ('id = "treasurer"', 'id = "Tesorera"', "small letters without accents"),
    ('id = "treasurer"', 'id = "secretary"', "stands twice"),
    ('id = "treasurer"', 'id = "board"', "stands twice"),
    ('id = "health"', 'id = "water"', "committee.water stands twice"),
    ("count = 2", "count = 0", "it may be 1 to 500"),
    (
        'succession = ["alternate", "next-most-voted"',
        'succession = ["alternate", "next-voted"',
        "did you mean next-most-voted?",
    ),
    ("nth = 1", "nth = 5", "it may be 1 to 4"),
    ('weekday = "saturday"', 'weekday = "saturn"', "did you mean saturday?"),
    ("months = 36", 'months = "for ever"', "months is a whole number"),
    ("bar_terms = 2", "bar_terms = -1", "it may be 0 to 20"),
    ('desk_when_own = "secretary"', 'desk_when_own = "auditor"', "nobody reports on themselves"),
    ('decided_by = "assembly"', 'decided_by = "board"', "board, which holds no sessions"),
    ("no-account = {", "No_Account = {", "small letters without accents"),
    ("promoters_min = 3", "promoters_min = 6", "than promoter has places (5)"),
    ('acts = ["assemblies.convene"]', 'acts = ["assemblies.convenne"]', "did you mean assemblies.convene?"),
    ('acts = ["assemblies.convene"]', 'acts = ["convene"]', "not convene"),
    ('acts = ["assemblies.convene"]', "acts = []", "acts is empty"),
    ('act = "statutes.adopt"', 'act = "statutes.adapt"', "did you mean statutes.adopt?"),
    ("needed = 2", "needed = 7", "than these seats have places (6)"),
    (
        'needed = 2\nseats = ["promoter", "secretary"]',
        'needed = 2\nseats = ["promoter", "treasurer"]',
        "no [[power]] gives it this act",
    ),
    ('organs = ["assembly"]', 'organs = ["asembly"]', "did you mean assembly?"),
    (
        'source = "By-laws, art. 4"',
        'source = "By-laws, art. 4"\ncolour = "red"',
        "rhythm small.rhythm has no word colour",
    ),
    ("nth = 1", "nth = 1\nnht = 2", "has no word nht; did you mean nth?"),
    ('rule = "small.families"', 'rule = "small.decision"', "another source or mark"),
    ("[[stated]]", "[[sated]]", "no word sated; did you mean stated?"),
    ('part = "1/10"', 'part = "1/10', "this is not TOML"),
    ('members = "seats"', 'members = "seats"\nhighest = true', "second highest organ"),
    ('part = "30 %"', 'part = "30 %"\npeople = 3', "give either a part"),
    ("people = 50", 'people = 50\nbase = "roll"', "has no base"),
    ("people = 50", "", "give either a part"),
    ("minutes_after_previous = 60", "", "how many minutes after the one before"),
    ('roll = "small.roll"\ndecision', "decision", "so it needs a roll"),
    ('decision = "small.decision"\nrhythm', "rhythm", "so it needs a decision"),
    ('members = "seats"', 'members = "seats"\nroll = "small.roll"', "only seats sit in it"),
    ('members = "seats"', 'members = "seats"\nnotice_days = 2', "words about its sessions"),
    ('mark = "U"\n', "", "lacks mark"),
    ('source = "By-laws, art. 3"\n', "", "lacks source"),
    ("nth = 1", "", "lacks nth"),
]

ELSEWHERE = [
    (
        "months = 6\n",
        f'months = 6\n{HANDOVER}["treasurer"]\n',
        'seats = ["treasurer"]',
        "may do elections.record_election",
    ),
    ("months = 6\n", f'months = 6\n{HANDOVER}["nobody"]\n', 'seats = ["nobody"]', "nobody"),
    ("months = 6\n", f"months = 6\n{HANDOVER}[]\n", "seats = []", "seats is empty"),
    # what is replaced, by what, where the fault shows, what is said
    ("highest = true", "highest = false", "[[organ]]", "no organ says highest = true"),
    (
        'base = "present"',
        'base = "members"',
        'decision = "small.decision"',
        "here it can be of cast, present, roll",
    ),
    ('kind = "simple"', 'kind = "plurality"', 'base = "present"', "has no base"),
    (
        "count = 2\nalternates = 2",
        'count = 2\nalternates = 0\nsuccession = ["alternate"]',
        'succession = ["alternate"]',
        "it has no alternates",
    ),
    ('every = "month"', 'every = "week"', "nth = 1", "nth is for month, quarter and year"),
    ("months = 36", 'months = "until-recalled"', 'after = "acts"', "a term without an end has no after"),
    (
        'seats = ["promoter", "secretary"]\n\n[[power]]',
        'seats = ["secretary"]\n\n[[power]]',
        'seat = "promoter"',
        "nothing could ever begin",
    ),
    ('acts = ["statutes.adopt", ', "acts = [", "[statute]", "this statute could never be changed"),
]


@pytest.mark.parametrize(("old", "new", "said"), HERE)
def test_a_fault_is_named_with_its_line(old: str, new: str, said: str) -> None:
    text = changed({old: new})
    before, after = MINIMAL.split("\n"), text.split("\n")
    at = next(number for number, line in enumerate(after) if line != before[number])
    header = max(number for number in range(at) if after[number].startswith("["))
    assert_said(text, {at + 1, header + 1}, said)


@pytest.mark.parametrize(("old", "new", "place", "said"), ELSEWHERE)
def test_a_fault_that_shows_elsewhere_is_named_there(old: str, new: str, place: str, said: str) -> None:
    text = changed({old: new})
    assert_said(text, {line(place, text)}, said)


def assert_said(text: str, lines: set[int], said: str) -> None:
    errors = check(text, VERBS)
    assert any(said in error.words and error.line in lines for error in errors), [str(error) for error in errors]


def test_all_faults_are_told_at_once_in_the_order_of_their_lines() -> None:
    errors = check(
        changed(
            {
                "age_years = 15": "age_years = 150",
                "report_days = 15": "report_days = -1",
                "count = 2": "count = 0",
            }
        )
    )
    assert len(errors) == 3
    assert [error.line for error in errors] == sorted(error.line for error in errors)
    with pytest.raises(StatuteErrors) as raised:
        load(changed({"age_years = 15": "age_years = 150"}))
    assert "age_years" in str(raised.value)


def test_an_item_of_a_list_over_several_lines_has_its_own_line() -> None:
    spread = 'acts = [\n  "statutes.adopt",\n  "elections.recrd",\n]'
    text = changed({'acts = ["statutes.adopt", "elections.record_election"]': spread})
    [error] = check(text, VERBS)
    assert error.line == line("elections.recrd", text)


def test_a_value_that_nobody_names_is_a_fault() -> None:
    extra = '\n[[share]]\nrule = "small.spare"\nsource = "x"\nmark = "O"\npeople = 3\n'
    assert [error.words for error in check(MINIMAL + extra)] == ["share small.spare is named nowhere"]


def test_what_was_adopted_before_a_stricter_check_is_still_read() -> None:
    no_way_to_change_it = changed(
        {
            'acts = ["statutes.adopt", ': "acts = [",
            'act = "statutes.adopt"': 'act = "elections.record_election"',
        }
    )
    assert check(no_way_to_change_it)
    assert read(no_way_to_change_it).id == "small"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a" + ".a" * 60_000 + " = 1", "nests too deeply"),
        ('["a"' + '."a"' * 60_000 + "]", "nests too deeply"),
        ("[a" + ("." + "a" * 41) * 5_000 + "]", "has no word a"),
        ("".join(f"k{n} = [\n" + "1,\n" * 110 + "]\n" for n in range(700)), "has no word k1"),
        ("x = [\n" + "1,\n" * 60_000 + "]\n", "has no word x"),
        ("", "lacks"),
        ("x = " + "[" * 5_000 + "]" * 5_000, "nests too deeply"),
        ("x = " + "9" * 5_000, "not TOML"),
        ("x = 2026-99-99", "not TOML"),
        ("#" * (TEXT_MAX + 1), "larger than 256 kB"),
        ("organ = 3\nseat = [1, 2]\nstatute = []", "a list of tables"),
        ("[[share]]\n" * 20_000, "at most 500 tables"),
        ('x = """\n' + "a\n" * 50_000 + '"""', "has no word x"),
    ],
)
def test_nonsense_is_answered_soon_and_not_believed(text: str, said: str) -> None:
    before = process_time()
    errors = check(text)
    assert process_time() - before < 10, "seconds of this processor"
    assert any(said in str(error) for error in errors), errors[:3]
    assert len(errors) <= 200


@given(st.text(alphabet="[]{}\"'=.#\n\\ abruloe_1%", max_size=200))
def test_any_text_is_answered_with_faults_and_never_with_a_crash(text: str) -> None:
    assert check(text)


@given(st.integers(0, MINIMAL.index("[[recall]]")))
def test_a_file_cut_short_is_faulty_at_a_line_that_it_has(cut: int) -> None:
    errors = check(MINIMAL[:cut])
    assert errors
    assert all(1 <= error.line <= MINIMAL.count("\n") + 1 for error in errors)


def test_the_lines_of_a_text_are_those_of_its_keys() -> None:
    text = 'a = 1\n# b = 2\n[t]\n"b" = """\nb = 3\n"""\nc.d = [\n  "x",\n  "y",\n]\n'
    text += "\n[[l]]\ne = { f = 1 }\n[l.m]\ng = 2\n[[l]]\ne = 3\n"
    tomllib.loads(text)
    lines = lines_of(text)
    assert {path: lines[path] for path in lines if path} == {
        ("a",): 1,
        ("t",): 3,
        ("t", "b"): 4,
        ("t", "c"): 7,
        ("t", "c", "d"): 7,
        ("t", "c", "d", 0): 8,
        ("t", "c", "d", 1): 9,
        ("l",): 12,
        ("l", 0): 12,
        ("l", 0, "e"): 13,
        ("l", 0, "e", "f"): 13,
        ("l", 0, "m"): 14,
        ("l", 0, "m", "g"): 15,
        ("l", 1): 16,
        ("l", 1, "e"): 17,
    }


SIGNATURES = MINIMAL[MINIMAL.index("[[signatures]]") : MINIMAL.index("[[recall]]")]
RECALL = MINIMAL[MINIMAL.index("[[recall]]") : MINIMAL.index("[recall.lapse]")]
DECISION = MINIMAL[MINIMAL.index("[[majority]]") : MINIMAL.index("[[rhythm]]")]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (DECISION, "majority small.decision: the rule stands twice"),
        (SIGNATURES, "signatures statutes.adopt stands twice"),
        (RECALL, "recall small.recall: seat secretary already has the recall small.recall"),
    ],
)
def test_what_stands_twice_is_a_fault_at_its_second_place(more: str, said: str) -> None:
    errors = check(MINIMAL + "\n" + more)
    assert said in [error.words for error in errors]
    assert all(error.line > MINIMAL.count("\n") for error in errors if error.words == said)


def test_an_organ_is_not_made_of_itself() -> None:
    errors = check(changed({'members = "seats"': 'members = "seats"\nmade_of = ["board"]'}))
    assert any("made_of names other organs" in error.words for error in errors)


def test_without_a_term_there_is_nothing_to_count_a_bar_in() -> None:
    endless = {'months = 36\nafter = "acts"\nconsecutive_terms_max = 2': 'months = "until-recalled"'}
    errors = check(changed(endless))
    assert errors
    assert all(
        "bar_terms must be 0" in error.words and error.line == line("bar_terms", changed(endless)) for error in errors
    )
    assert check(changed({**endless, "bar_terms = 2": "bar_terms = 0"})) == []


def test_of_a_group_that_names_its_own_each_portfolio_names_its_own() -> None:
    last = MINIMAL.rindex('chosen_by = "assembly"')
    own = MINIMAL[:last] + 'chosen_by = "committee"' + MINIMAL[last + len('chosen_by = "assembly"') :]
    assert load(own).seat("committee.water").chosen_by == "committee.water"
