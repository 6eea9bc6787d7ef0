"""Who lives here. Keepers of the roll see names, everybody else initials; each sees her own entry."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from comuna.acts.act import Act
from comuna.acts.erasing import ErasePrivate
from comuna.journal.models import Record
from comuna.look.forms import Control, Form, FormPart
from comuna.look.frame import Link
from comuna.look.page import Page, show
from comuna.look.parts import (
    Answer,
    Column,
    Do,
    Empty,
    Fact,
    Facts,
    Line,
    Lines,
    Many,
    Notice,
    Pages,
    Part,
    Section,
    Sign,
    Small,
    Source,
    Table,
    Value,
    WhoCan,
)
from comuna.look.words import day_words, number_words
from comuna.territory import queries
from comuna.territory.acts import (
    CorrectHousehold,
    CorrectPerson,
    ImportCensus,
    JoinCouncil,
    RecordDeparture,
    RecordResidence,
    RegisterHousehold,
    RegisterPerson,
    StrikePerson,
    UndoDeparture,
)
from comuna.territory.acts.people import Where
from comuna.territory.acts.whereabouts import Because
from comuna.territory.models import Household, Person, Street
from comuna.territory.pages.counted import roll_sections
from comuna.territory.pages.reader import (
    Reader,
    codes_link,
    opened,
    reader_of,
    refused_page,
    to_sign_in,
    unstored,
)
from comuna.territory.rules import GONE

FOUND_MAX = 50


def overview(request: HttpRequest) -> HttpResponse:
    """How many live here and where, for everybody; the way to the list for those who may see it."""
    reader = reader_of(request)
    counted = queries.sector_counts(reader.commune, reader.day)
    people, homes = sum(one.people for one in counted), sum(one.households for one in counted)
    said = ngettext("{people} person in the books", "{people} people in the books", people)
    more = ngettext("in {homes} household", "in {homes} households", homes)
    page = Page(
        title=_("People and places"),
        room=_("People"),
        answer=Answer(said.format(people=number_words(people)), more.format(homes=number_words(homes))),
        next=_next_step(reader, people),
        facts=[*_places(reader, counted), *roll_sections(reader, people)],
        source=Source(links=[Link(_("Census imports"), reverse("territory:imports"))]),
    )
    return show(request, page)


def _next_step(reader: Reader, people: int) -> Do | WhoCan | None:
    listing = Link(_("List of people"), reverse("territory:people"))
    if reader.may_import:
        person = Link(RegisterPerson.label, reverse("territory:register-person"))
        home = Link(RegisterHousehold.label, reverse("territory:register-household"))
        return Do(ImportCensus.label, reverse("territory:import"), (listing, person, home))
    barred = reader.barred(ImportCensus)
    if people or barred is None or not barred.who:
        return None
    return WhoCan(ImportCensus.label, barred.who)


def _places(reader: Reader, counted: list[queries.SectorCount]) -> list[Section]:
    links = []
    if reader.is_keeper:
        links = [
            Link(_("Add a sector"), reverse("territory:add-sector")),
            Link(_("Add a street"), reverse("territory:add-street")),
        ]
    rows: list[list[Value]] = []
    for one in counted:
        name = one.sector.name if one.sector else _("in no sector")
        link = reverse("territory:correct-sector") + f"?sector={one.sector.id}" if one.sector else ""
        cell: Value = Link(name, link) if link and one.sector and reader.keeps(one.sector) else name
        rows.append([cell, len(one.streets), one.households, one.people])
    columns = [
        Column(_("Sector"), head=True),
        Column(_("Streets"), number=True),
        Column(_("Households"), number=True),
        Column(_("People"), number=True),
    ]
    empty = Empty(_("No sectors or streets yet. A census import brings them along."))
    streets = [street for one in counted for street in one.streets]
    names = Lines([_street_line(street, reader) for street in streets], empty=empty)
    found = [Section(_("Streets"), [names], links=links, wide=True)]
    if any(one.sector for one in counted):
        found.insert(0, Section(_("Sectors"), [Table(_("Sectors"), columns, rows)], wide=True))
    return found


def _street_line(street: Street, reader: Reader) -> Line:
    href = reverse("territory:street", args=[street.id]) if reader.keeps_places_of(street) else ""
    return Line(street.name or "—", more=street.sector.name if street.sector else "", href=href)


def listing(request: HttpRequest) -> HttpResponse:
    """The people, twenty a page. A search is sent in the form's body: no name ever stands in an address."""
    reader = reader_of(request)
    if reader.person is None:
        return to_sign_in(request)
    if not reader.is_keeper:
        return unstored(_initials(request, reader))
    wanted = request.POST.get("words", "").strip()[:100] if request.method == "POST" else ""
    parts: list[Part] = [FormPart(_search_form(wanted))]
    if wanted:
        found = queries.search_people(reader.commune, reader.day, wanted, reader.council)
        total = len(found)
        if total > FOUND_MAX:
            first = _("The first {n} are shown. Write more of the name.").format(n=FOUND_MAX)
            parts.append(Notice(Sign.WAITING, first))
        nobody = Empty(_("Nobody of this name or number. In the books it may be spelt otherwise: try another part."))
        parts.append(_names(found[:FOUND_MAX], reader, _("Found"), None, nobody))
        said = ngettext("{n} person found", "{n} people found", total).format(n=number_words(total))
    else:
        people = queries.people_here(reader.commune, reader.day, reader.council)
        in_order = queries.in_order(people)
        total = len(in_order)
        pages = Pages.asked(request.GET.get("page", ""), total)
        shown = queries.people_by_id(reader.commune, in_order[pages.lines])
        rows = [shown[id] for id in in_order[pages.lines]]
        parts.append(_names(rows, reader, _("People"), pages))
        said = ngettext("{n} person belongs here", "{n} people belong here", total).format(n=number_words(total))
    if ways := _registering(reader):
        parts.append(Section(_("Somebody is missing?"), [], links=ways))
    page = Page(
        title=_("List of people"),
        room=_("People"),
        room_href=reverse("territory:overview"),
        answer=said,
        facts=parts,
    )
    return unstored(show(request, page))


def _registering(reader: Reader) -> list[Link]:
    ways: list[tuple[type[Act], str]] = [(RegisterPerson, "register-person"), (RegisterHousehold, "register-household")]
    return [Link(act.label, reverse(f"territory:{name}")) for act, name in ways if reader.may(act)]


def _search_form(wanted: str) -> Form:
    words = Control(
        "words",
        "line",
        _("Name or identity number"),
        _("A part of the name is enough"),
        values=(wanted,),
        length_max=100,
    )
    return Form(id=uuid4(), button=_("Look"), controls=(words,))


def _names(
    people: list[Person], reader: Reader, caption: str, pages: Pages | None, nobody: Empty | None = None
) -> Table:
    homes = queries.households_by_id([person.household for person in people if person.household])
    rows: list[list[Value]] = []
    for person in people:
        home = homes.get(person.household) if person.household else None
        name = Link(queries.display_name(person, knows=True), reverse("territory:person", args=[person.id]))
        place: Value = (
            Link(queries.address_words(home) or _("household"), reverse("territory:household", args=[home.id]))
            if home
            else None
        )
        rows.append([name, place, queries.age_on(person, reader.day), _elsewhere(person)])
    columns = [
        Column(_("Name"), head=True),
        Column(_("Household")),
        Column(_("Age"), number=True),
        Column(_("Where she is")),
    ]
    empty = nobody or Empty(_("Nobody. A census import or a registration brings people into the books."))
    return Table(caption, columns, rows, empty=empty, pages=pages)


def _elsewhere(person: Person) -> Value:
    """Where she is; nothing for most, who live here."""
    return "" if person.residence == Where.HERE else residence_words(person)


def _initials(request: HttpRequest, reader: Reader) -> HttpResponse:
    people = queries.people_here(reader.commune, reader.day).order_by("initials", "id")
    total = people.count()
    pages = Pages.asked(request.GET.get("page", ""), total)
    shown = people[pages.lines]
    lines = [Line(queries.display_name(person), href=_own_href(person, reader)) for person in shown]
    barred = reader.barred(CorrectPerson)
    page = Page(
        title=_("List of people"),
        room=_("People"),
        room_href=reverse("territory:overview"),
        answer=ngettext("{n} person belongs here", "{n} people belong here", total).format(n=number_words(total)),
        next=WhoCan(_("See names and households"), barred.who) if barred and barred.who else None,
        facts=[Lines(lines, pages=pages)],
    )
    return show(request, page)


def _own_href(person: Person, reader: Reader) -> str:
    return reverse("territory:person", args=[person.id]) if person.id == reader.person else ""


def person(request: HttpRequest, id: UUID) -> HttpResponse:
    """One entry: whole for herself and for keepers, nobody else's business."""
    reader = reader_of(request)
    found = Person.objects.filter(pk=id, commune=reader.commune).first()
    if found is None:
        raise Http404
    own = reader.person == found.id
    barred = reader.barred(CorrectPerson, found)
    if not own and barred is not None:
        return to_sign_in(request) if reader.person is None else refused_page(request, CorrectPerson, barred)
    page = Page(
        title=queries.display_name(found, knows=True),
        room=_("People"),
        room_href=reverse("territory:overview"),
        answer=Answer(queries.display_name(found, knows=True), _entry_words(found, own)),
        next=_person_step(found, reader, own),
        facts=[Facts(_person_facts(found, reader, own))],
        source=_origin(found, own),
    )
    return unstored(show(request, page))


def _entry_words(found: Person, own: bool) -> str:
    if found.left_on is not None:
        why = Because.labels().get(Because(found.left_because), "") if found.left_because else _("Left")
        return _("{why}, {day}").format(why=why, day=day_words(found.left_on))
    return _("This is what the books say of you.") if own else ""


def _person_step(found: Person, reader: Reader, own: bool) -> Do | WhoCan | None:
    barred = reader.barred(CorrectPerson, found)
    if barred is not None:
        return WhoCan(_("Set right what is wrong here"), barred.who) if own and barred.who else None
    about = f"?person={found.id}"
    acts: list[tuple[type[Act], str]] = [
        (RecordResidence, "residence"),
        (RecordDeparture, "departure"),
        *([(JoinCouncil, "join-council")] if found.council else []),
        (StrikePerson, "strike"),
    ]
    if found.left_on is not None:
        acts = [(UndoDeparture, "undo-departure")]
    acts.append((ErasePrivate, "erase-person"))
    others = tuple(
        Link(act.label, reverse(f"territory:{name}") + about) for act, name in acts if reader.may(act, found)
    )
    return Do(CorrectPerson.label, reverse("territory:correct-person") + about, others)


def _person_facts(found: Person, reader: Reader, own: bool) -> list[Fact]:
    home = queries.households_by_id([found.household]).get(found.household) if found.household else None
    place = Link(queries.address_words(home) or "—", reverse("territory:household", args=[home.id])) if home else None
    facts = [
        Fact(_("In public"), queries.display_name(found)),
        Fact(_("Household"), place),
        Fact(_("In it"), found.relation or None),
        Fact(_("Age"), _age_words(found, reader)),
        Fact(_("Where she is"), residence_words(found)),
        Fact(_("Lives here since"), found.residence_since),
        *_said_before(found),
        Fact(_("Identity number"), opened(found.identity_sealed)),
    ]
    if own:
        facts.append(Fact(_("Illness or treatment"), opened(found.health_sealed)))
    elif found.health_sealed:
        facts.append(Fact(_("Illness or treatment"), Small(_("noted, and sealed"))))
    return facts


def _age_words(found: Person, reader: Reader) -> Value:
    age = queries.age_on(found, reader.day)
    if age is None or found.birth_day is not None or found.age_noted_on is None:
        return (
            age
            if found.birth_day is None
            else _("{age}, born on {day}").format(age=age, day=day_words(found.birth_day, weekday=False))
        )
    return _("{age}, from {noted} noted on {day}").format(
        age=age, noted=found.age_years, day=day_words(found.age_noted_on, weekday=False)
    )


def _origin(found: Person, own: bool) -> Source:
    """The act that brought her into the books; and what she may have on paper."""
    act = Record.objects.filter(commune=found.commune, seq=found.born).values_list("id", flat=True).first()
    links = [Link(_("How this came into the books"), reverse("books:thread", args=[act]))] if act else []
    if own:
        links.append(Link(_("My letters"), reverse("letters:board")))
    return Source(links=links)


def _said_before(found: Person) -> list[Fact]:
    """Where she was, as it was said: it decides on which past rolls she stands. Nothing where only one thing was."""
    said = [(stay.begins, _where_words(stay.residence)) for stay in queries.stays_of(found.id)]
    lines = [
        words if begins is None else _("{where} since {day}").format(where=words, day=day_words(begins, weekday=False))
        for begins, words in said
    ]
    return [Fact(_("As it was said, the newest last"), Many(lines))] if len(lines) > 1 else []


def _where_words(residence: str) -> str:
    return _("Gone") if residence == GONE else str(Where.labels()[Where(residence or Where.HERE)])


def residence_words(found: Person) -> str:
    where = _where_words(found.residence)
    if found.away_since is None:
        return where
    return _("{where} since {day}").format(where=where, day=day_words(found.away_since, weekday=False))


def household(request: HttpRequest, id: UUID) -> HttpResponse:
    """The people of one kitchen, for them and for keepers."""
    reader = reader_of(request)
    home = queries.households_by_id([id]).get(id)
    if home is None or home.commune != reader.commune:
        raise Http404
    members = queries.members(home.id)
    own = any(member.id == reader.person for member in members)
    barred = reader.barred(CorrectHousehold, home)
    if not own and barred is not None:
        return to_sign_in(request) if reader.person is None else refused_page(request, CorrectHousehold, barred)
    where = queries.address_words(home) or _("A household")
    page = Page(
        title=where,
        room=_("People"),
        room_href=reverse("territory:overview"),
        answer=Answer(where, _household_words(home, members)),
        next=_household_step(home, reader),
        facts=[_members(members, reader)],
    )
    return unstored(show(request, page))


def _household_words(home: Household, members: list[Person]) -> str:
    here = sum(member.left_on is None for member in members)
    named = ngettext("{n} person is named here.", "{n} people are named here.", here).format(n=here)
    if home.people_said is None or home.people_said == here:
        return named
    return f"{named} " + _("The list says that {n} live here.").format(n=home.people_said)


def _household_step(home: Household, reader: Reader) -> Do | None:
    if not reader.may(RegisterPerson, home):
        return None
    change = Link(CorrectHousehold.label, f"{reverse('territory:correct-household')}?household={home.id}")
    others = (change, *codes_link(reader, home, "household", home.id))
    return Do(RegisterPerson.label, f"{reverse('territory:register-person')}?household={home.id}", others)


def _members(members: list[Person], reader: Reader) -> Lines:
    lines = []
    for member in members:
        href = (
            reverse("territory:person", args=[member.id]) if member.id == reader.person or reader.keeps(member) else ""
        )
        gone = _("left") if member.left_on is not None else ""
        more = ", ".join(part for part in (member.relation, gone) if part)
        lines.append(Line(queries.display_name(member, knows=True), more=more, href=href))
    return Lines(lines, empty=Empty(_("Nobody is named in this household yet.")))
