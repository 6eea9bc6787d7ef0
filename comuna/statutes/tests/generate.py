"""Statutes that nobody has ever lived by, invented by hypothesis as the text of a file.

``statutes()`` draws one at random: organs, seats, calls (some with a plain number of people), majorities,
rhythms, terms, powers, signatures and recall. Whatever it draws can be lived by: the founding seat has
power over every act, so that a test may found, elect, meet and recall under it without knowing it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from comuna.acts.act import act_of
from comuna.statutes.queries import seat_verbs

WORDS = ("ceiba", "guama", "mango", "onoto", "palma", "roble", "samán", "tilo", "yuca", "zapote")
IDS = ("ceiba", "guama", "mango", "onoto", "palma", "roble", "saman", "tilo", "yuca", "zapote")
SIGNED = ("statutes.adopt", "acts.confirm_time", "acts.begin_epoch")
MARKS = st.sampled_from("FMUDO")
FOUNDERS, PROMOTER = "founders", "promoter"


def real_verbs() -> list[str]:
    """The acts that seats perform, without those that some test made up."""
    return sorted(verb for verb in seat_verbs() if ".tests." not in act_of(verb).__module__)


@dataclass
class Sheet:
    """A file while it is written."""

    tables: list[str] = field(default_factory=list)

    def add(self, header: str, **values: Any) -> None:
        lines = [f"{key} = {written(value)}" for key, value in values.items() if value is not None]
        self.tables.append("\n".join([header, *lines]))

    def text(self) -> str:
        return "\n\n".join(self.tables) + "\n"


def written(value: Any) -> str:
    """A value in TOML."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {written(inner)}" for key, inner in value.items()) + " }"
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


@st.composite
def statutes(draw: st.DrawFn, verbs: Collection[str] | None = None) -> str:
    """The text of a statute that loads. ``verbs`` are all given to seats; without them all real ones."""
    acts = sorted(real_verbs() if verbs is None else verbs)
    inventor = Inventor(draw, Sheet())
    inventor.head()
    inventor.organs()
    inventor.seats()
    inventor.powers(acts)
    inventor.signatures([verb for verb in SIGNED if verb in acts])
    inventor.recall()
    if "letters.sign" in acts:
        inventor.letters()
    if "processes.record_step" in acts:
        inventor.processes()
    return inventor.sheet.text()


class Inventor:
    """Draws the parts of one statute in turn, and remembers what it may name later."""

    def __init__(self, draw: st.DrawFn, sheet: Sheet) -> None:
        self.draw, self.sheet = draw, sheet
        self.count = 0
        self.promoters = draw(st.integers(3, 9))
        self.organ_ids: list[str] = []  # everybody's organ first
        self.seat_ids: list[str] = []  # without the promoters; the first is never a group
        self.all_terms_end = True

    def source(self, rule: str | None = None) -> dict[str, str]:
        """A rule of its own, cited by its number."""
        self.count += 1
        return {
            "rule": rule or f"rule.{self.count}",
            "source": f"{self.draw(st.sampled_from(WORDS)).title()}, art. {self.count}",
            "mark": self.draw(MARKS),
        }

    def names(self, id: str) -> dict[str, str]:
        word = self.draw(st.sampled_from(WORDS))
        return {"es": f"{word.title()} {id}", "en": f"The {id} of {word}"}

    def head(self) -> None:
        id, version = self.draw(st.sampled_from(IDS)), str(self.draw(st.integers(1, 99)))
        self.sheet.add("[statute]", id=id, version=version, title=self.names(id), about=self.names("test"))
        months = self.draw(st.integers(6, 24))
        self.sheet.add(
            "[founding]", **self.source(), seat=PROMOTER, promoters_min=self.draw(st.integers(1, 3)), months=months
        )

    # Shared values: each is written where it is first needed, and named by its rule

    def share(self, bases: Sequence[str], people_max: int = 60) -> str:
        source = self.source()
        if self.draw(st.booleans()):
            self.sheet.add("[[share]]", **source, people=self.draw(st.integers(0, people_max)))
        else:
            part = self.draw(st.sampled_from(["1 %", "10 %", "12.5 %", "1/3", "50 %", "2/3", "100 %"]))
            self.sheet.add("[[share]]", **source, part=part, base=self.draw(st.sampled_from(bases)))
        return source["rule"]

    def majority(self, bases: Sequence[str]) -> str:
        source, kind = self.source(), self.draw(st.sampled_from(["simple", "plurality", "two-thirds", "unanimous"]))
        base = None if kind == "plurality" else self.draw(st.sampled_from(["present", "cast", *bases]))
        self.sheet.add("[[majority]]", **source, kind=kind, base=base)
        return source["rule"]

    def rhythm(self) -> str | None:
        if self.draw(st.booleans()):
            return None
        source, every = self.source(), self.draw(st.sampled_from(["week", "fortnight", "month", "quarter", "year"]))
        nth = None if every in ("week", "fortnight") else self.draw(st.sampled_from([1, 2, 3, 4, "last"]))
        weekday = self.draw(st.sampled_from(["monday", "wednesday", "saturday", "sunday"]))
        self.sheet.add("[[rhythm]]", **source, every=every, weekday=weekday, nth=nth)
        return source["rule"]

    def term(self) -> str:
        source = self.source()
        months = self.draw(st.one_of(st.integers(4, 60), st.just("until-recalled")))
        ends = isinstance(months, int)
        limits = {"after": self.draw(st.sampled_from(["acts", "lapses"]))} if ends else {}
        most = self.draw(st.one_of(st.none(), st.integers(1, 3))) if ends else None
        self.sheet.add("[[term]]", **source, months=months, **limits, consecutive_terms_max=most)
        self.all_terms_end &= ends
        return source["rule"]

    def eligibility(self) -> str:
        source = self.source()
        self.sheet.add(
            "[[eligibility]]",
            **source,
            age_years=self.draw(st.integers(0, 21)),
            residence_months=self.draw(st.sampled_from([0, 6, 12])),
            waived_when_new=self.draw(st.booleans()),
        )
        return source["rule"]

    def roll(self) -> str:
        source, draw = self.source(), self.draw
        flags = {"unknown_age_counts": draw(st.booleans()), "away_counts": draw(st.booleans())}
        self.sheet.add("[[roll]]", **source, age_years=draw(st.integers(0, 21)), **flags)
        return source["rule"]

    # Organs and seats

    def organs(self) -> None:
        """The first organ is everybody's and the highest; the others are of seats, some without sessions."""
        ids = self.organ_ids = self.draw(st.lists(st.sampled_from(IDS), min_size=2, max_size=4, unique=True))
        self.organ(ids[0], ["roll"], highest=True, members="everyone", roll=self.roll(), meets=True)
        for number, id in enumerate(ids[1:], 1):
            made_of = self.draw(st.lists(st.sampled_from(ids[1:number]), max_size=2, unique=True)) if number > 1 else []
            self.organ(
                id, ["members", "seats"], members="seats", made_of=made_of or None, meets=self.draw(st.booleans())
            )
        self.organ(FOUNDERS, ["members"], members="seats", meets=False)

    def organ(self, id: str, bases: Sequence[str], *, meets: bool, **words: Any) -> None:
        quorums = [self.share(bases) for _ in range(self.draw(st.integers(1, 3)))] if meets else []
        decision, rhythm = (self.majority(bases), self.rhythm()) if meets else (None, None)
        notice = self.draw(st.integers(0, 10)) if meets else None
        words |= {"decision": decision, "rhythm": rhythm, "notice_days": notice}
        self.sheet.add("[[organ]]", id=id, name=self.names(id), **self.source(), **words)
        for number, quorum in enumerate(quorums, 1):
            wait = self.draw(st.integers(1, 90)) if number > 1 else None
            self.sheet.add("[[organ.call]]", number=number, quorum=quorum, minutes_after_previous=wait)

    def seats(self) -> None:
        """Every organ of seats gets some, all chosen by everybody's organ."""
        for organ in self.organ_ids[1:]:
            for number in range(1, self.draw(st.integers(1, 2)) + 1):
                apart = (
                    self.draw(st.lists(st.sampled_from(self.seat_ids), max_size=2, unique=True))
                    if self.seat_ids
                    else []
                )
                id = f"{organ}.seat{number}"
                self.seat(id, organ, self.draw(st.integers(1, 4)), self.draw(st.integers(0, 3)), apart)
                self.seat_ids.append(id)
        self.seat(PROMOTER, FOUNDERS, self.promoters, 0, [])

    def seat(self, id: str, organ: str, count: int, alternates: int, apart: list[str]) -> None:
        term, eligibility, draw = self.term(), self.eligibility(), self.draw
        steps = ["alternate", "next-most-voted", "by-election"] if alternates else ["next-most-voted", "by-election"]
        self.sheet.add(
            "[[seat]]",
            id=id,
            organ=organ,
            name=self.names(id),
            **self.source(),
            count=count,
            alternates=alternates,
            chosen_by=self.organ_ids[0],
            ballot=draw(st.sampled_from(["secret", "hands", "either"])),
            term=term,
            eligibility=eligibility,
            succession=draw(st.lists(st.sampled_from(steps), unique=True)),
            incompatible_with=apart or None,
        )
        if self.seat_ids and id != PROMOTER and draw(st.integers(0, 3)) == 0:
            for name in draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=3, unique=True)):
                self.sheet.add("[[seat.portfolio]]", id=name, name=self.names(name))

    # Who may do what

    def powers(self, acts: list[str]) -> None:
        """The promoters may do everything, and so may the other seats, perhaps in some organs only."""
        draw = self.draw
        self.sheet.add("[[power]]", **self.source(), acts=acts, seats=[PROMOTER])
        reach = draw(st.lists(st.sampled_from(self.organ_ids), max_size=2, unique=True)) or None
        self.sheet.add("[[power]]", **self.source(), acts=acts, seats=self.seat_ids, organs=reach)
        some = draw(st.lists(st.sampled_from(acts), min_size=1, max_size=6, unique=True))
        flags = {"when_acting": draw(st.booleans()), "own_organ": draw(st.booleans())}
        self.sheet.add("[[power]]", **self.source(), acts=some, seats=self.seat_ids, **flags)

    def signatures(self, acts: list[str]) -> None:
        for act in acts:
            if self.draw(st.booleans()):
                days = self.draw(st.one_of(st.none(), st.integers(1, 60)))
                signing = {"act": act, "needed": 2, "seats": [PROMOTER, self.seat_ids[0]], "days_open": days}
                self.sheet.add("[[signatures]]", **self.source(), **signing)

    def letters(self) -> None:
        """Some letters, which the promoters sign with others."""
        draw = self.draw
        for id in draw(st.lists(st.sampled_from(IDS), max_size=2, unique=True)):
            flags = {"away_counts": draw(st.booleans()), "residence_months": draw(st.sampled_from([0, 6, 24]))}
            some = [PROMOTER, *draw(st.lists(st.sampled_from(self.seat_ids), max_size=2, unique=True))]
            says = {"name": self.names(id), "attests": self.names("letter"), "days": draw(st.integers(1, 400))}
            self.sheet.add(
                "[[letter]]", id=id, **self.source(), seats=some, needed=draw(st.integers(1, 3)), **says, **flags
            )

    def processes(self) -> None:
        """Some processes, whose steps the promoters record with others, each perhaps after earlier ones."""
        draw = self.draw
        for id in draw(st.lists(st.sampled_from(IDS), max_size=2, unique=True)):
            begins = draw(st.sampled_from(["founding", "lapse"]))
            self.sheet.add("[[process]]", id=id, **self.source(), name=self.names(id), begins=begins)
            steps = draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=4, unique=True))
            for place, step in enumerate(steps):
                by = [PROMOTER, *draw(st.lists(st.sampled_from(self.seat_ids), max_size=2, unique=True))]
                days = {"days": draw(st.integers(0, 120))}
                after = draw(st.lists(st.sampled_from(steps[:place]), unique=True)) if place else []
                if after:
                    days |= {"wait_days": draw(st.integers(0, 30)), "within_days": draw(st.integers(0, 60))}
                vote = None
                if draw(st.booleans()):
                    vote = {"majority": self.majority(["roll"]), "share": self.share(["roll"])}
                more = {"after": after or None, "vote": vote}
                self.sheet.add(
                    "[[process.step]]", id=step, **self.source(), name=self.names(step), by=by, **days, **more
                )

    def recall(self) -> None:
        """Everybody's organ recalls whom it elected; the promoters are the desk."""
        draw = self.draw
        asking = draw(st.lists(st.sampled_from([PROMOTER, *self.seat_ids]), max_size=2, unique=True))
        self.sheet.add(
            "[[recall]]",
            **self.source(),
            seats=self.seat_ids,
            petition=self.share(["roll"], people_max=5),
            asked_by=asking,
            desk=PROMOTER,
            desk_when_own=self.seat_ids[0],
            report_days=draw(st.integers(0, 30)),
            decided_by=self.organ_ids[0],
            quorum=self.share(["roll"]),
            majority=self.majority(["roll"]),
            bar_terms=draw(st.integers(0, 3)) if self.all_terms_end else 0,
        )
        if draw(st.booleans()):
            self.sheet.add("[recall.lapse]", **self.source(), days=draw(st.integers(15, 90)))
        self.sheet.add("[recall.grounds]", absence=self.names("absence"))
