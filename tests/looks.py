"""What may be looked at in a town to see whether a word of its statute was heard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from comuna.acts.acts import Propose
from comuna.acts.models import Proposal
from comuna.assemblies import queries as assemblies
from comuna.assemblies.acts import (
    AgendaRow,
    Convene,
    MakeCall,
    PresentRow,
    PutMotion,
    RecordAttendance,
    RecordCount,
    RecordLeaving,
)
from comuna.elections import queries as elections
from comuna.elections.acts import BallotForm, PetitionRecall
from comuna.elections.queries import RecallStanding
from comuna.journal import files
from comuna.letters.acts import AskLetter, SignLetter
from comuna.letters.models import Letter
from comuna.mandates import queries as mandates
from comuna.mandates.rules import MandateStatus
from comuna.statutes import queries as statutes
from comuna.statutes.acts import AdoptStatute
from comuna.territory import queries as territory
from comuna.territory.acts.people import Where
from tests.town import TODAY, Town, outcome_of
from tests.words import base

Look = Callable[[Town], object]


def held_from_the_start(town: Town) -> list[tuple[str, date | None]]:
    return sorted({(one.kind, one.term.ends) for one in mandates.holders(town.id, TODAY)})


def promoters_after(*kinds: str) -> Look:
    """What the promoters' mandates are the day after somebody in each of these seats has an account."""

    def look(town: Town) -> MandateStatus:
        for kind in kinds:
            town.seated(kind)
        return mandates.mandates_of(town.promoters[0], TODAY + timedelta(days=1))[0].status

    return look


def on_the_roll(**who: object) -> Look:
    """How many count in the assembly: three promoters of unknown age, and one neighbour."""

    def look(town: Town) -> int:
        town.neighbour(**who)  # type: ignore[arg-type]  # the names are those of neighbour
        roll = town.statute.organ("assembly").roll
        assert roll is not None
        return territory.roll(town.id, TODAY, roll).size

    return look


def entitled_in(organ: str) -> Look:
    def look(town: Town) -> int:
        town.neighbour()
        return assemblies.entitled(town.id, town.statute.organ(organ), town.statute, TODAY).size

    return look


def convening(organ: str = "assembly", day: date = date(2026, 1, 17), expired: bool = False) -> Look:
    """What happens when the secretary convenes an organ."""

    def look(town: Town) -> str:
        secretary = town.seated("secretary", ends=date(2025, 12, 31) if expired else None)
        return town.outcome(secretary, convocation(organ, day))

    return look


def convocation(organ: str, day: date) -> Convene:
    return Convene(organ=organ, day=day, hour="10:00", place="Cancha", agenda=(AgendaRow(title="Agua"),))


def second_call(hour: str) -> Look:
    """What happens to a second call at that hour, when a first at ten found one person of many."""

    def look(town: Town) -> str:
        secretary = town.seated("secretary")
        for _number in range(9):
            town.neighbour()
        session = town.do(secretary, convocation("assembly", date(2026, 1, 17))).id
        town.at = "2026-01-17T18:00:00Z"
        town.do(secretary, RecordAttendance(session=session, present=(PresentRow(person=secretary),)))
        town.do(secretary, MakeCall(session=session, number=1, hour="10:00"))
        return town.outcome(secretary, MakeCall(session=session, number=2, hour=hour))

    return look


def voting_after_many_left(town: Town) -> str:
    """What happens to a vote of the assembly from which all but two have left."""
    secretary = town.seated("secretary")
    for _number in range(9):
        town.neighbour()
    session = quorate(town)
    stay, count, *leave = sorted(assemblies.standing(session).here)
    rows = tuple(PresentRow(person=person) for person in leave)
    town.do(secretary, RecordLeaving(session=session, hour="09:30", people=rows))
    motion = town.do(secretary, PutMotion(session=session, item=1, text="Pintar la cancha")).id
    vote = RecordCount(
        motion=motion,
        votes_for=2,
        against=0,
        abstain=0,
        counter_one=stay,
        votes_for_two=2,
        against_two=0,
        abstain_two=0,
        counter_two=count,
    )
    return town.outcome(secretary, vote)


def entering(kind: str, how_many: int = 1, alternate: bool = False) -> Look:
    """What happens when the last of so many mandates of a kind is entered."""

    def look(town: Town) -> str:
        found = ""
        for _number in range(how_many):
            found = town.outcome(town.promoters[0], town.entry(town.neighbour(), kind, alternate=alternate))
        return found

    return look


def members_of_the_board(town: Town) -> int:
    town.seated("secretary")
    return len(mandates.in_organ(town.id, "board", TODAY))


def adoption(town: Town) -> AdoptStatute:
    text = base().replace('version = "1"', 'version = "9"')
    return AdoptStatute(file=files.store(text.encode(), statutes.MEDIA_TYPE), first_day=TODAY)


def adopting_alone(town: Town) -> str:
    return town.outcome(town.promoters[0], adoption(town))


def proposing(town: Town) -> tuple[int, str, date]:
    """What a proposal to adopt a statute asks for."""
    done = town.do(town.promoters[0], Propose(act=adoption(town)))
    proposal = Proposal.objects.get(pk=done.id)
    return proposal.needed, proposal.seats, proposal.expires_on


def adopted(town: Town) -> tuple[str, str]:
    [adoption] = statutes.adoptions(town.id)
    return adoption.statute_id, adoption.version


def rule_of_a_proposal(town: Town) -> str:
    done = town.do(town.promoters[0], Propose(act=adoption(town)))
    return str(Proposal.objects.get(pk=done.id).rule)


# Elections and recall: the treasurer is elected or asked about, the auditor asks without signatures


def officers(town: Town) -> UUID:
    """An auditor, a secretary and a treasurer from before the books. Gives the treasurer's mandate."""
    for kind in ("auditor", "secretary", "treasurer"):
        town.seated(kind)
    return town.mandate(town.holder("treasurer"), "treasurer", TODAY).mandate


def quorate(town: Town) -> UUID:
    """A session of the assembly, convened by the secretary, to which everybody comes."""
    session = town.convene(date(2026, 1, 17), town.holder("secretary"))
    assert town.attend(session, town.entitled())
    return session


def electing(form: BallotForm) -> Look:
    """What happens when the assembly elects a treasurer in that way."""

    def look(town: Town) -> str:
        town.seated("secretary")
        person = town.neighbour()
        session = quorate(town)
        return outcome_of(lambda: town.elect(session, "treasurer", [person], form))

    return look


def asking(town: Town) -> str:
    """What happens when the auditor asks for the treasurer's recall."""
    mandate = officers(town)
    return town.outcome(town.holder("auditor"), town.ask(mandate))


def petitioning(town: Town) -> str:
    """What happens when a neighbour does."""
    mandate, neighbour = officers(town), town.neighbour(claims=True)
    return town.outcome(neighbour, PetitionRecall(mandate=mandate, ground="no-account", words="No rindió"))


def asked(town: Town) -> RecallStanding:
    mandate = officers(town)
    return elections.recall(town.do(town.holder("auditor"), town.ask(mandate)).id, TODAY)


def unsigned(town: Town, day: date = TODAY) -> RecallStanding:
    """A petition that nobody has signed yet, as it stands on that day."""
    mandate, neighbour = officers(town), town.neighbour(claims=True)
    act = PetitionRecall(mandate=mandate, ground="no-account", words="No rindió")
    return elections.recall(town.do(neighbour, act).id, day)


def petitioned(town: Town) -> RecallStanding:
    mandate, neighbour = officers(town), town.neighbour(claims=True)
    return elections.recall(town.petition(mandate, neighbour, sorted(town.entitled())), TODAY)


def deciding(town: Town) -> str:
    """What becomes of the treasurer when six of ten vote for the recall."""
    recall = asked(town)
    secretary = town.holder("secretary")
    town.do(secretary, town.report(recall.petition.id))
    for _number in range(4):
        town.neighbour()
    session = quorate(town)
    said = town.outcome(secretary, town.decision(recall.petition.id, session, 6, 4))
    after = mandates.holding(recall.petition.mandate_id, date(2026, 1, 17)).status.value
    return after if said == "done" else said


def asking_for_a_letter(residence: Where = Where.HERE) -> Look:
    """What happens when a neighbour asks for a residence letter."""

    def look(town: Town) -> str:
        person = town.neighbour(residence=residence, claims=True)
        return town.outcome(person, AskLetter(person=person, kind="residence"))

    return look


def signing(town: Town) -> str:
    """What happens when the secretary signs one."""
    person, secretary = town.neighbour(claims=True), town.seated("secretary")
    request = town.do(person, AskLetter(person=person, kind="residence")).id
    return town.outcome(secretary, SignLetter(request=request))


def issued(column: str) -> Look:
    """What stands on the letter that the secretary signed; None where it is not issued yet."""

    def look(town: Town) -> object:
        assert signing(town) == "done"
        letter = Letter.objects.first()
        return getattr(letter, column) if letter else None

    return look
