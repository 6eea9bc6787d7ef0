"""A short life of a commune in which every act of the house is done at least once.

Support for ``test_tampering``, which then changes one thing after another. That no verb is left out is held
by a test there, so whoever adds an act adds it here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from comuna.acts import rebuild
from comuna.acts.acts import BeginEpoch, ConfirmTime, Propose, Sign, Withdraw
from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.assemblies import queries
from comuna.assemblies.acts import (
    Adjourn,
    AgendaRow,
    CancelSession,
    Convene,
    FollowUpResolution,
    Instruct,
    MakeCall,
    MoveMeeting,
    MoveSession,
    PresentRow,
    PrintCertified,
    PublishStatement,
    PutMotion,
    RecordAttendance,
    RecordCount,
    RecordDiffering,
    RecordLeaving,
    RecordNames,
    RecordNotice,
    RecordPapers,
    SeatVoteRow,
    StrikeItem,
    UndoAttendance,
    UndoCall,
    UndoCount,
    UndoInstruction,
    UndoLeaving,
    UndoMotion,
    UndoNotice,
    UndoSessionImport,
    Vote,
    VoteFirst,
    WithdrawMotion,
    WithdrawStatement,
)
from comuna.assemblies.acts.instructing import InstructedVote
from comuna.assemblies.acts.noticing import How
from comuna.assemblies.acts.past_draft import plan_import, session_import_of
from comuna.assemblies.acts.past_table import MEDIA_TYPE
from comuna.assemblies.models import AgendaItem, Resolution, Tally
from comuna.elections.acts import UndoDecision, UndoElection, UndoSignatures, WithdrawRecall
from comuna.elections.models import Decision, SignatureSheet
from comuna.journal import bundle, checkpoint, files
from comuna.journal.models import Record
from comuna.journal.queries import commune_here
from comuna.mandates import codes
from comuna.mandates.acts import (
    CorrectCouncil,
    EndMandate,
    IssueCode,
    LiftSuspension,
    RegisterCouncil,
    Resign,
    StrikeCouncil,
    Suspend,
    UndoEnding,
    UndoEntry,
    VoidCode,
    WhyEnded,
)
from comuna.statutes import queries as statutes
from comuna.statutes.acts import AdoptStatute
from conftest import Engine
from tests.every_act_agenda import changed_agenda, noted
from tests.every_act_letters import letters
from tests.every_act_places import census, places_and_people
from tests.every_act_processes import processes
from tests.every_act_statute import every_act_statute
from tests.every_act_treasury import treasury, treasury_approved, treasury_moved
from tests.past import tables as papers
from tests.town import Town, Watch, founded, hands

NORTH, SOUTH = "norte", "sur"
MET, NOBODY_CAME, ELECTED, RECALLED = date(2026, 2, 7), date(2026, 2, 14), date(2026, 2, 21), date(2026, 3, 14)


@dataclass
class Life:
    """What happened, and on which day it stood when it was over."""

    town: Town
    erased: UUID


def live(engine: Engine, folder: Path, watch: Watch | None = None) -> Life:
    """Every act once, in books that are taken over into a new home near the end. ``watch`` sees each beforehand."""
    town = founded(every_act_statute({"people = 50": "people = 3"}), watch)
    _councils(town)
    people = [town.neighbour(claims=number < 6) for number in range(12)]
    erased = places_and_people(town, NORTH, SOUTH)
    census(town, NORTH)
    _codes_and_mandates(town, people)
    letters(town, people)
    _an_assembly(town, people)
    _earlier_papers(town)
    _a_board(town, people)
    _elections(town, people)
    _recalls(town, people)
    processes(town, ELECTED, (NORTH, SOUTH))
    _signed_together(town)
    _erased(town, erased)
    _taken_over(town, engine, folder)
    return Life(town, erased)


def verbs_done() -> set[str]:
    return set(Record.objects.values_list("verb", flat=True))


def _councils(town: Town) -> None:
    first = town.promoters[0]
    for name in ("Norte", "Sur"):
        town.do(first, RegisterCouncil(name=name, register_code="C-14"))
    wrong = town.do(first, RegisterCouncil(name="Este")).id
    town.do(first, CorrectCouncil(council=wrong, name="El Este"))
    town.do(first, StrikeCouncil(council=wrong))
    town.council = NORTH


def _earlier_papers(town: Town) -> None:
    for kept in (False, True):
        act, tables = uuid4(), papers.files(papers.sound())
        planned = plan_import(tables, town.id, date(2026, 2, 7))
        taken, data = session_import_of(planned, act, town.id, names_public=kept)
        files.store(data, MEDIA_TYPE)
        imported = town.do(town.promoters[0], taken, act).id
        if not kept:
            town.do(town.promoters[0], UndoSessionImport(imported=imported))


def _codes_and_mandates(town: Town, people: list[UUID]) -> None:
    first = town.promoters[0]
    digest = codes.digest_of(codes.proof(codes.new()))
    town.do(first, VoidCode(code=town.do(first, IssueCode(person=people[7], digest=digest)).id))
    town.do(first, town.entry(people[0], "secretary"))
    town.do(first, town.entry(people[2], "auditor"))
    town.do(first, town.entry(people[3], "auditor", ends=date(2025, 12, 31)))  # and acts on
    wrong = town.do(first, town.entry(people[8], "clerk")).id
    town.do(first, UndoEntry(mandate=wrong))
    clerk = town.do(first, town.entry(people[4], "clerk")).id
    suspended = town.do(first, Suspend(mandate=clerk, reason="Se mudó un tiempo")).id
    town.do(first, LiftSuspension(suspension=suspended))
    town.do(first, EndMandate(mandate=clerk, why=WhyEnded.LEFT, on=date(2026, 1, 10)))
    town.do(first, UndoEnding(mandate=clerk))
    town.do(first, Suspend(mandate=clerk, reason="Otra vez"))
    town.do(people[4], Resign(mandate=clerk))


def _an_assembly(town: Town, people: list[UUID]) -> None:
    first = town.promoters[0]
    called_off = town.convene(date(2026, 1, 24), by=people[0])
    town.do(first, CancelSession(session=called_off, reason="Lluvia"))
    session = town.convene(MET, by=people[0])
    town.do(first, MoveSession(session=session, day=MET, hour="08:00", place="Escuela"))
    dropped = changed_agenda(town, session)
    told = RecordNotice(session=session, how=How.POSTER, on=date(2026, 2, 4), by=people[0], where="En la bodega")
    town.do(first, UndoNotice(notice=town.do(first, told).id))
    town.do(first, told)
    town.do(first, StrikeItem(item=dropped, reason="No hay con qué"))
    sheet = town.do(first, RecordAttendance(session=session, present=(PresentRow(person=people[9]),))).id
    town.do(first, UndoAttendance(sheet=sheet))
    town.do(first, UndoCall(call=town.do(first, MakeCall(session=session, number=1, hour="08:00")).id))
    assert town.attend(session, people[:10])
    left = RecordLeaving(session=session, hour="09:10", people=(PresentRow(person=people[9]),))
    town.do(first, UndoLeaving(leaving=town.do(first, left).id))
    town.do(first, left)
    back = RecordAttendance(session=session, hour="09:20", present=(PresentRow(person=people[9]),))
    town.do(first, back)
    assert town.vote(session, 10)
    tally = Tally.objects.get()
    town.do(first, UndoCount(tally=tally.id))
    town.do(first, UndoMotion(motion=tally.motion_id))
    assert town.vote(session, 9, 1)
    treasury(town)
    again = town.do(
        first, PutMotion(session=session, item=1, text="Pedir otro presupuesto", responsible="secretary")
    ).id
    for words in ("Pedir dos", "Pedir tres"):
        amendment = town.do(first, PutMotion(session=session, item=1, text=words, amends=again, approves=True)).id
    town.do(first, VoteFirst(motion=amendment))
    by_two = {"counter_one": people[0], "counter_two": people[1]}
    town.do(first, RecordCount.model_validate({"motion": amendment, **hands(9), **by_two}))
    for waiting in queries.open_amendments(again):
        town.do(first, WithdrawMotion(motion=waiting.id))
    noted(town, session)
    one, two = people[:2]
    first_count = {"votes_for": 8, "against": 1, "abstain": 1, "counter_one": one}
    second_count = {"votes_for_two": 7, "against_two": 2, "abstain_two": 1, "counter_two": two}
    town.do(first, RecordDiffering.model_validate({"motion": again, **first_count, **second_count}))
    agreed = {"votes_for_two": 8, "against_two": 1, "abstain_two": 1, "counter_two": two}
    town.do(first, RecordCount.model_validate({"motion": again, **first_count, **agreed}))
    resolution = Resolution.objects.order_by("born").first()
    assert resolution is not None
    town.do(first, FollowUpResolution(resolution=resolution.id, done=False, words="Se pidió el tubo"))
    sixth = date(2026, 3, 7)  # the first Saturday of March
    moved = MoveMeeting(
        resolution=resolution.id, organ=town.statute.highest().id, from_day=sixth, day=date(2026, 3, 13)
    )
    town.do(first, moved)
    says = PublishStatement(resolution=resolution.id, title="Por el agua", text="Exigimos el agua que falta")
    town.do(first, WithdrawStatement(statement=town.do(first, says).id))
    town.do(first, says)
    treasury_moved(town)
    treasury_approved(town)
    town.close(session)
    town.do(first, PrintCertified(session=session, digest="cd" * 32))
    _nobody_came(town, people)


def _a_board(town: Town, people: list[UUID]) -> None:
    """It votes by name on what the assembly decided, and with papers on something else."""
    first, auditors = town.promoters[0], people[2:4]
    town.at = "2026-02-16T18:00:00Z"
    agenda = (AgendaRow(title="Agua"), AgendaRow(title="Caja"))
    act = Convene(organ="board", day=date(2026, 2, 16), hour="08:00", place="Oficina", agenda=agenda)
    session = town.do(people[0], act).id
    item = AgendaItem.objects.get(session=session, number=1).id
    decided = Resolution.objects.get(number=1).motion_id
    instruct = Instruct(motion=decided, item=item, vote=InstructedVote.FOR)
    town.do(first, UndoInstruction(instruction=town.do(first, instruct).id))
    town.do(first, instruct)
    town.do(first, RecordAttendance(session=session, present=tuple(map(_present, (people[0], *auditors)))))
    town.do(first, MakeCall(session=session, number=1, hour="08:00"))
    one, two = auditors
    motion = town.do(first, PutMotion(session=session, item=1, text="Comprar el tubo")).id
    votes = (
        SeatVoteRow(seat="auditor", number=1, vote=Vote.FOR),
        SeatVoteRow(seat="auditor", number=2, vote=Vote.AGAINST),
    )
    by_name = RecordNames(motion=motion, votes=votes, counter_one=one, counter_two=two)
    town.do(first, UndoCount(tally=town.do(first, by_name).id))
    town.do(first, by_name)
    motion = town.do(first, PutMotion(session=session, item=2, text="Guardar la caja")).id
    counted = {"issued": 2, "votes_for": 1, "against": 0, "blank": 0, "spoiled": 1, "returned": 0}
    papers = RecordPapers.model_validate({"motion": motion, "counter_one": one, "counter_two": two, **counted})
    town.do(first, papers)
    kept = town.do(first, PutMotion(session=session, item=2, text="Cambiar la llave")).id
    by_two = {"counter_one": one, "counter_two": two}
    town.do(first, RecordCount.model_validate({"motion": kept, **hands(3), **by_two}))
    town.close(session)


def _present(person: UUID) -> PresentRow:
    return PresentRow(person=person)


def _nobody_came(town: Town, people: list[UUID]) -> None:
    session = town.convene(NOBODY_CAME, by=people[0])
    town.do(town.promoters[0], RecordAttendance(session=session, present=(PresentRow(person=people[0]),)))
    town.do(town.promoters[0], MakeCall(session=session, number=1, hour="08:00"))
    town.do(town.promoters[0], Adjourn(session=session, day=date(2026, 2, 15), hour="09:00"))
    town.at = "2026-02-15T14:00:00Z"
    town.do(town.promoters[0], CancelSession(session=session, reason="Tampoco vinieron"))


def _elections(town: Town, people: list[UUID]) -> None:
    session = town.convene(ELECTED, by=people[0])
    assert town.attend(session, people)
    (board,) = Resolution.objects.filter(organ="board")
    motion = town.do(town.promoters[0], PutMotion(session=session, item=2, text="Ratificarlo", ratifies=board.id)).id
    by_two = {"counter_one": people[0], "counter_two": people[2]}
    town.do(town.promoters[0], RecordCount.model_validate({"motion": motion, **hands(9), **by_two}))
    first = town.elect(session, "committee.water", people[9:11])
    town.do(town.promoters[0], UndoElection(election=first.id))
    town.elect(session, "committee.water", people[9:11])
    town.elect(session, "treasurer", [people[1], people[7], people[8]])
    town.close(session)


def _recalls(town: Town, people: list[UUID]) -> None:
    town.at = "2026-02-23T14:00:00Z"
    first, signers = town.promoters[0], people[5:]
    mandate = town.mandate(people[1], "treasurer", date(2026, 2, 23)).mandate
    asked = town.do(people[2], town.ask(mandate)).id
    town.do(people[2], WithdrawRecall(petition=asked))
    petition = town.petition(mandate, people[5], signers)
    sheet = SignatureSheet.objects.get(petition=petition)
    town.do(first, UndoSignatures(sheet=sheet.id))
    town.sign(petition, signers)
    other = town.petition(mandate, people[3], signers)  # by an auditor; the one vote settles both
    for ready in (petition, other):
        town.do(people[2], town.report(ready))
    session = town.convene(RECALLED, by=people[0])
    assert town.attend(session, people)
    decided = town.do(first, town.decision(petition, session, len(people)))
    town.do(first, UndoDecision(decision=Decision.objects.get(pk=decided.id).id))
    town.do(first, town.decision(petition, session, len(people)))
    town.close(session)


def _signed_together(town: Town) -> None:
    one, other = town.promoters[:2]
    text = every_act_statute({"people = 50": "people = 4", 'version = "1"': 'version = "2"'})
    act = AdoptStatute(file=files.store(text.encode(), statutes.MEDIA_TYPE), first_day=date(2026, 4, 1))
    town.do(one, Withdraw(proposal=town.do(one, Propose(act=act)).id))
    town.do(other, Sign(proposal=town.do(one, Propose(act=act)).id))
    town.at = "2026-08-03T14:00:00Z"  # the clock jumped: two confirm what day it is
    proposed = town.do(one, Propose(act=ConfirmTime(today=date(2026, 8, 3)))).id
    town.do(other, Sign(proposal=proposed))


def _erased(town: Town, person: UUID) -> None:
    act = ErasePrivate(subject=person, audiences=tuple(ErasableAudience), reason="Lo pidió su familia")
    town.do(town.promoters[0], act)


def _taken_over(town: Town, engine: Engine, folder: Path) -> None:
    """Export, import into empty books, and an epoch begun by two seats with the newest paper."""
    commune = commune_here()
    assert commune is not None
    code = checkpoint.paper_code(checkpoint.make(commune, town.at))
    bundle.export(folder / "life.zip")
    engine.fresh()
    bundle.load(folder / "life.zip")
    rebuild.replay()
    one, other = town.promoters[:2]
    act = BeginEpoch(paper_code=code, reason="Se quemó el disco")
    town.do(other, Sign(proposal=town.do(one, Propose(act=act)).id))
