"""The door: how an act is decided, written and applied, once.

``perform`` takes the writing lock, finds the seat that gives the power, lets ``check`` decide, appends
the record, lets ``apply`` write state, and commits: all of it or nothing. The same id with the same
words gives whoever did it the first answer again; with other words, or from anybody else, it is refused
(``IdTaken``), and an id that ``check`` refused stays refused, so that no retry passes later with nobody looking.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from comuna.acts import clock, finding
from comuna.acts.act import Act, By, Cite, Performed, Power, Signing, World, act_of, all_acts, performed_key
from comuna.acts.authority import Actor, SignatureNeed, Standing, authority
from comuna.acts.days import refuse_far_days
from comuna.acts.models import Ground, RefusedId
from comuna.acts.moment import CONFIRMS, Moment, before, day_of_power, moment_of, note_written
from comuna.acts.proposals import proposed_by, stands
from comuna.acts.reading import read_one
from comuna.acts.refusal import IdTaken, Refused, refuse_if
from comuna.acts.split import about, seal_all, split
from comuna.journal import canonical, chain, checkpoint, files, highest, sql
from comuna.journal.lock import one_writer, writing
from comuna.journal.models import Checkpoint, Commitment, PrivatePart, Record, Upload, Writer
from comuna.journal.queries import commune_here
from comuna.journal.scrub import scrub_after_act

CHANNELS = frozenset(("web", "api", "phone", "paper", "cli", "import"))
REFUSED_IDS_KEPT = timedelta(days=30)
_OLDER = _(
    "An older copy of these books was put in their place: record {seq} was there and is not."
    " They can be read; two seats begin a new epoch before anything is written."
)
_SIGN_IN = _("Sign in first: only then is something recorded for somebody else.")


class Done(NamedTuple):
    """What the door answers."""

    id: UUID
    seq: int
    day: date
    repeated: bool = False  # it had been done before; this is the first answer again
    performed: UUID | None = None  # the proposed act that a last signature brought about
    witness: bool = False  # a checkpoint is made with it: it ends up on paper, or is the first of a local day
    books: tuple[UUID, int] | None = None  # the commune and epoch in which it was written now


class Request(NamedTuple):
    """One act as handed in."""

    act: Act
    id: UUID
    grounds: Sequence[Cite] = ()
    channel: str = "web"
    on_behalf_of: UUID | None = None


def perform(
    act: Act,
    actor: Actor,
    *,
    id: UUID | None = None,
    grounds: Sequence[Cite] = (),
    channel: str = "web",
    on_behalf_of: UUID | None = None,
) -> Done:
    """Do one act. Raises Refused (nothing was written) or IdTaken."""
    request = Request(act, id or uuid4(), grounds, channel, on_behalf_of)
    return perform_all([request], actor)[0]


def perform_all(requests: Sequence[Request], actor: Actor) -> list[Done]:
    """Do several acts in order: all of them or, at the first refusal, none."""
    assert {request.channel for request in requests} <= CHANNELS
    with one_writer():
        try:
            with writing(acts=True):
                done = [_perform(request, actor) for request in requests]
        except highest.OlderCopy as older:
            highest.close(older.seq)
            raise Refused("acts.older-copy", format_lazy(_OLDER, seq=older.seq)) from None
        except _Judged as refused:
            if refused.by_check and actor.person is not None:  # what strangers send fills no table
                _burn(refused)
            refused.refusal.asked = refused.request_id
            raise refused.refusal from None
        for one in done:
            if one.books is not None:
                highest.written(*one.books, one.seq)
        scrub_after_act()
        if any(one.witness for one in done):
            _witness()
        elif any(one.repeated and asked.act.judged_as().witnessed for asked, one in zip(requests, done, strict=True)):
            witness_if_due()  # somebody asks again because the first answer was lost, with the checkpoint perhaps
    return done


def _witness() -> None:
    """A checkpoint: at once of what ends up on paper, and with the first act of each day of all that was there."""
    commune = commune_here()
    assert commune is not None
    checkpoint.make(commune, clock.stamp(clock.now()))
    highest.note(commune)


def witness_if_due() -> None:
    """Make the checkpoint that a kill, a full disk or a lost key kept from being made with its act. Call holding the
    lock; also when a server starts."""
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is None or not Writer.objects.exists():
        return
    later = Record.objects.filter(commune=newest.commune, seq__gt=newest.size)
    last = Record.objects.filter(commune=newest.commune, seq=newest.size).first()
    paper = [verb for verb, act in all_acts().items() if act.witnessed]
    if later.filter(Q(verb__in=paper) | Q(day__gt=last.day if last else date.min)).exists():
        _witness()


@dataclass
class _Judged(Exception):
    """A refusal on its way out of the transaction."""

    request_id: UUID
    refusal: Refused
    by_check: bool


def _burn(judged: _Judged) -> None:
    refusal = judged.refusal
    with transaction.atomic():
        RefusedId.objects.filter(at__lt=timezone.now() - REFUSED_IDS_KEPT).delete()
        RefusedId.objects.get_or_create(
            id=judged.request_id,
            defaults={
                "rule": refusal.rule[:80],
                "words": str(refusal.words),
                "citation": refusal.citation or "",
                "field": refusal.field or "",
                "at": timezone.now(),
            },
        )


def _perform(request: Request, actor: Actor) -> Done:
    there = before(request.id)
    if there.written is not None:
        highest.check(there.written.commune, there.written.head)
    if there.id_is_known:
        return _again(request, actor)
    act, here = request.act, authority()
    try:
        moment = moment_of(act, request.id, there.written)
        judged = act.judged_as()
        organ, council = act.in_organ(), act.in_council()
        need = signing = None
        if judged.power is not Power.FOUNDING:
            signing = act.signing()
            need = here.signatures(judged, moment.commune, moment.day, organ, council, signing)
        standing = _standing(act, judged, need, actor, moment, organ, council, signing)
        if request.on_behalf_of is not None:
            refuse_if(actor.person is None, "acts.sign-in-first", _SIGN_IN, field="on_behalf_of")
            refuse_if(
                not here.is_of_here(request.on_behalf_of, moment.commune),
                "acts.no-such-person",
                _("Whom this is recorded for is not in the books."),
                field="on_behalf_of",
            )
    except Refused as refusal:
        raise _Judged(request.id, refusal, by_check=False) from refusal
    by = By(mandate=standing.mandate, person=None if standing.mandate else actor.person)
    done = write(request, by, moment, actor.person)
    if act.verb == "acts.sign":
        return complete_proposal(done, request, moment)
    return done


def _again(request: Request, actor: Actor) -> Done:
    """The first answer again, for an id that a record or a refusal has."""
    record = Record.objects.filter(pk=request.id).first()
    if record is not None:
        if not _did(record, actor) or not _same_words(record, request):
            raise IdTaken(str(request.id))
        return Done(record.id, record.seq, record.day, repeated=True)
    burnt = RefusedId.objects.get(pk=request.id)
    words = burnt.words or _("This was refused before. Start it anew.")
    again = Refused(burnt.rule, words, citation=burnt.citation or None, field=burnt.field or None)
    raise _Judged(request.id, again, by_check=False)


def _standing(
    act: Act,
    judged: type[Act],
    need: SignatureNeed | None,
    actor: Actor,
    moment: Moment,
    organ: str | None,
    council: str | None,
    signing: Signing | None,
) -> Standing:
    if act.power is Power.FOUNDING:
        return Standing()
    signers = act.power is Power.SIGNERS
    if need is not None and need.needed > 1 and not signers:
        words = _("This needs the signatures of several seats: propose it, and the others sign.")
        why = signing.why if signing else ""
        raise Refused("acts.needs-signatures", f"{words} {why}" if why else words, citation=need.citation)
    day = day_of_power(judged, moment.commune, moment.day)
    seats = need.seats if need and signers else ()
    return authority().standing(judged, actor, moment.commune, day, seats, organ, act.given_to(), council)


def write(request: Request, by: By, moment: Moment, person: UUID | None, signed_by: Sequence[UUID] = ()) -> Done:
    """Decide and record one act whose actor has been found entitled. Part of the door, not for rooms."""
    act = request.act
    world = World(id=request.id, commune=moment.commune, day=moment.day, at=moment.at, by=by, person=person)
    try:
        refuse_far_days(act)
        facts = act.check(world)
        cites = _grounds(request, facts)
    except Refused as refusal:
        raise _Judged(request.id, refusal, by_check=True) from refusal
    sealed, sealed_facts = seal_all(act, request.id, "fields"), seal_all(facts, request.id, "facts")
    draft = _draft(request, sealed, sealed_facts, cites, by, moment, signed_by)
    try:
        head = chain.append(draft, moment.head)
    except chain.BodyTooLarge as error:
        too_large = Refused(
            "acts.too-large", _("This is too long for one act; put it into a file or into several acts.")
        )
        raise _Judged(request.id, too_large, by_check=True) from error
    if draft.files:
        Upload.objects.filter(digest__in=[cited.digest for cited in draft.files]).delete()
    if moment.founding or act.verb == "acts.begin_epoch":
        Writer.objects.update_or_create(commune=moment.commune, defaults={"epoch": moment.epoch})
    note_written(chain.Written(moment.commune, moment.epoch, head))
    performed = Performed(
        id=request.id,
        commune=moment.commune,
        epoch=moment.epoch,
        seq=head.seq,
        at=draft.at,
        day=moment.day,
        by=by,
        verb=act.verb,
        facts=sealed_facts,
    )
    if cites:
        write_grounds(performed, cites)
    performed.stale = finding.Stale()
    sealed.apply(performed)
    finding.follow(performed.stale, erasing=bool(draft.erases))
    begins = (moment.head.day, moment.head.epoch) != (moment.day, moment.epoch)
    written = (moment.commune, moment.epoch)
    return Done(request.id, head.seq, moment.day, witness=act.witnessed or begins, books=written)


def _draft(
    request: Request, act: Act, facts: Any, cites: Sequence[Cite], by: By, moment: Moment, signed_by: Sequence[UUID]
) -> chain.Draft:
    fields, parts = split(act, "fields", request.id)
    fact_values, fact_parts = split(facts, "facts", about(act, request.id))
    content: dict[str, Any] = {"channel": request.channel, "fields": fields}
    if fact_values:
        content["facts"] = fact_values
    if by.mandate or (by.person and not act.own_name):
        content["by"] = {"mandate": by.mandate} if by.mandate else {"person": by.person}
    if cites:
        content["grounds"] = [{"act": cite.act, "role": cite.role.value, "row": cite.row} for cite in cites]
    if request.on_behalf_of:
        content["on_behalf_of"] = request.on_behalf_of
    if signed_by:
        content["signed_by"] = list(signed_by)
    if moment.doubtful:
        content["doubtful"] = True
    if moment.founding or moment.head.epoch != moment.epoch or act.verb == "acts.begin_epoch":
        content["node_key"] = checkpoint.public_key().hex()
    anonymous = by.mandate is None and by.person is None and not moment.founding
    return chain.Draft(
        id=request.id,
        commune=moment.commune,
        epoch=moment.epoch,
        at=moment.at[:10] + "T00:00:00Z" if anonymous else moment.at,
        day=moment.day,
        verb=act.verb,
        version=act.version,
        content=content,
        parts=[*parts, *fact_parts],
        files=_files(act, facts),
        erases=act.erases(facts),
    )


def _files(act: Act, facts: Any) -> tuple[chain.FileCited, ...]:
    cited = act.files(facts)
    for one in cited:
        files.read(one.digest)
    return cited


def _grounds(request: Request, facts: Any) -> list[Cite]:
    """What the act rests on, each once; every cited act must be in the journal."""
    cites = list(dict.fromkeys([*request.grounds, *request.act.cites(facts)]))
    if cites:
        wanted = {sql.uuid_value(cite.act) for cite in cites}
        known = sql.rows(f"SELECT id FROM journal_record WHERE id IN ({', '.join(['%s'] * len(wanted))})", *wanted)
        refuse_if(
            len(known) < len(wanted),
            "acts.no-such-ground",
            _("This cites an act that is not in these books."),
            field="grounds",
        )
    return cites


def write_grounds(record: Performed, cites: Sequence[Cite]) -> None:
    """The thread's edges of one record; live and on replay."""
    record.create_many(
        Ground,
        [
            {
                "id": record.key("ground", number),
                "act": record.id,
                "ground": cite.act,
                "role": cite.role.value,
                "row": cite.row,
            }
            for number, cite in enumerate(cites)
        ],
    )


def _did(record: Record, actor: Actor) -> bool:
    """Whether the record is the actor's own, or nobody's. Anybody may know its id: were somebody else told whether
    her words are those of the record, she could find out private ones by guessing."""
    by = read_one(record.id).by
    who = authority().holder(by.mandate) if by.mandate else by.person
    is_nobodys = by == By() and not act_of(record.verb).own_name
    return is_nobodys or (actor.person is not None and who == actor.person)


def _same_words(record: Record, request: Request) -> bool:
    """Whether the record was made by these very words, for the same person and on the same grounds; words erased since
    are taken as the same."""
    act, body = request.act, json.loads(bytes(record.body))
    if (body["verb"], body["version"]) != (act.verb, act.version):
        return False
    if body.get("on_behalf_of") != (str(request.on_behalf_of) if request.on_behalf_of else None):
        return False
    read = read_one(record.id)
    if set(read.cites) != {*request.grounds, *read.act.cites(read.facts)}:
        return False
    fields, parts = split(seal_all(act, record.id, "fields"), "fields", record.id)
    if canonical.write(fields) != canonical.write(body["fields"]):
        return False
    standing = {
        (c.slot, c.audience): c.id
        for c in Commitment.objects.filter(record=record.id)
        if c.slot == "fields" or c.slot.startswith("fields.")
    }
    if {(part.slot, part.audience) for part in parts} != set(standing):
        return False
    words = PrivatePart.objects.in_bulk(list(standing.values()))
    return all(
        standing[part.slot, part.audience] not in words
        or bytes(words[standing[part.slot, part.audience]].body) == part.body
        for part in parts
    )


def complete_proposal(signed: Done, request: Request, moment: Moment) -> Done:
    """After a signature: when enough of them still stand, the proposed act is performed here and now."""
    proposal, act = proposed_by(request.act)
    here = stands(proposal, moment.day, act)
    mandates = here.counting
    if len(mandates) < here.needed:
        return signed
    inner = Request(act, id=performed_key(proposal.id), channel=request.channel)
    after = (
        moment_of(act, inner.id, before(inner.id).written)
        if act.verb == CONFIRMS
        else moment._replace(head=chain.head(moment.commune), founding=False)
    )
    try:
        done = write(inner, By(mandate=mandates[0]), after, authority().holder(mandates[0]), signed_by=mandates)
    except _Judged as judged:  # the signature goes down with it; the proposal stays open for another try
        raise _Judged(request.id, judged.refusal, by_check=True) from judged
    return signed._replace(performed=done.id, witness=signed.witness or done.witness)
