"""The acts that belong to no room: proposing and signing, time, and the epoch (``erasing`` has its own)."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import SerializeAsAny, SkipValidation

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, Signing, World, act_of, performed_key
from comuna.acts.fields import Count, Day, Id, Kind, Label, PublicLine, PublicText, Slug, To, fields_of
from comuna.acts.models import EpochBegun, Proposal, Settlement, Signature, TimeConfirmed
from comuna.acts.proposals import need_of, proposed_act, stands, try_proposed
from comuna.acts.refusal import Refused, refuse_if
from comuna.journal import checkpoint, files, papercode
from comuna.journal.chain import FileCited
from comuna.journal.models import Checkpoint
from comuna.journal.sealing import Unreadable


class Propose(Act):
    """Put an act forward that several seats must sign. Yours is the first signature."""

    verb = "acts.propose"
    power = Power.SIGNERS
    label = _("Propose")
    said = _("{seat} proposed: {act}")
    undo = "acts.withdraw"

    act: SkipValidation[SerializeAsAny[Act]]

    class Facts(ActFacts):
        needed: Count
        seats: tuple[Slug, ...]
        rule: Slug
        expires_on: Day
        person: Id

    def judged_as(self) -> type[Act]:
        return type(self.act)

    def in_organ(self) -> str | None:
        return self.act.in_organ()

    def in_council(self) -> str | None:
        return self.act.in_council()

    def given_to(self) -> tuple[str, ...]:
        return self.act.given_to()

    def signing(self) -> Signing | None:
        return self.act.signing()

    def check(self, world: World) -> Facts:
        need = need_of(self.act, world.commune, world.day)
        refuse_if(
            need is None or need.needed < 2, "acts.one-is-enough", _("This needs no second signature: do it directly.")
        )
        assert need is not None and world.person is not None
        try_proposed(self.act, world, performed_key(world.id))
        return self.Facts(
            needed=need.needed,
            seats=tuple(need.seats),
            rule=need.rule,
            expires_on=world.day + timedelta(days=need.days_open),
            person=world.person,
        )

    def files(self, facts: Any) -> tuple[FileCited, ...]:
        """Those of the act inside, so that they are there for as long as the others take to sign."""
        digests = {getattr(self.act, one.name) for one in fields_of(type(self.act)) if one.kind is Kind.FILE}
        known = [(digest, files.described(digest)) for digest in sorted(digests - {None})]
        return tuple(FileCited(digest, *described) for digest, described in known if described is not None)

    def apply(self, record: Performed) -> None:
        facts = record.facts
        record.create(
            Proposal,
            verb=self.act.verb,
            needed=facts.needed,
            seats=" ".join(facts.seats),
            rule=facts.rule,
            expires_on=facts.expires_on,
        )
        record.create(
            Signature,
            id=record.key("signature"),
            proposal_id=record.id,
            mandate=record.by.mandate,
            person=facts.person,
        )


def _open_proposal(world: World, id: UUID) -> Proposal:
    proposal = world.get(Proposal, id, field="proposal")
    refuse_if(
        Settlement.objects.filter(proposal=proposal).exists(),
        "acts.proposal-settled",
        _("This proposal is already settled."),
        field="proposal",
    )
    refuse_if(
        proposal.expires_on < world.day,
        "acts.proposal-expired",
        _("This proposal has expired; it can be proposed anew."),
        field="proposal",
    )
    return proposal


def _judged_as_proposed(proposal: UUID) -> type[Act]:
    found = Proposal.objects.filter(pk=proposal).values_list("verb", flat=True).first()
    if found is None:
        raise Refused("acts.no-such-row", _("What this refers to is not in the books."), field="proposal")
    return act_of(found)


class Sign(Act):
    """Sign a proposal. The last signature that is needed performs it at once."""

    verb = "acts.sign"
    power = Power.SIGNERS
    label = _("Sign")
    said = _("{seat} signed")
    undo = None  # a signature stands; while the proposal is open its proposer may withdraw it

    proposal: Annotated[Id, To(Proposal), Label(_("Proposal"))]

    class Facts(ActFacts):
        person: Id
        completes: bool
        performed: Id

    def judged_as(self) -> type[Act]:
        return _judged_as_proposed(self.proposal)

    @cached_property
    def _proposed(self) -> Act | None:
        """Whose matter it is, is asked thrice and never changes; what is decided is read anew."""
        try:
            return proposed_act(self.proposal)
        except (LookupError, Unreadable):
            return None  # of no proposal, which ``judged_as`` has refused

    def in_organ(self) -> str | None:
        return self._proposed.in_organ() if self._proposed else None

    def in_council(self) -> str | None:
        return self._proposed.in_council() if self._proposed else None

    def signing(self) -> Signing | None:
        return self._proposed.signing() if self._proposed else None

    def check(self, world: World) -> Facts:
        proposal = _open_proposal(world, self.proposal)
        assert world.person is not None and world.by.mandate is not None
        refuse_if(
            Signature.objects.filter(proposal=proposal, person=world.person).exists(),
            "acts.signed-once",
            _("You have already signed this; another person must."),
            field="proposal",
        )
        act = proposed_act(proposal.id)
        try_proposed(act, world, performed_key(proposal.id))  # who may not do it alone does not do it by signing
        here = stands(proposal, world.day, act)
        completes = len(here.counting) + 1 >= here.needed
        refuse_if(
            completes and here.lacks_a_side([*here.counting, world.by.mandate]),
            "acts.other-side-signs",
            _("Your side has signed; now the other council signs."),
            field="proposal",
        )
        return self.Facts(
            person=world.person,
            completes=completes,
            performed=performed_key(proposal.id),
        )

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.proposal, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        record.create(Signature, proposal_id=self.proposal, mandate=record.by.mandate, person=record.facts.person)
        if record.facts.completes:
            record.create(
                Settlement,
                id=record.key("settlement"),
                proposal_id=self.proposal,
                performed=record.facts.performed,
            )


class Withdraw(Act):
    """Take a proposal back before it has all its signatures."""

    verb = "acts.withdraw"
    power = Power.SIGNERS
    label = _("Withdraw the proposal")
    said = _("{seat} withdrew a proposal")
    undo = None  # propose it anew

    proposal: Annotated[Id, To(Proposal), Label(_("Proposal"))]

    def judged_as(self) -> type[Act]:
        return _judged_as_proposed(self.proposal)

    def check(self, world: World) -> ActFacts:
        proposal = _open_proposal(world, self.proposal)
        first = Signature.objects.filter(proposal=proposal, born=proposal.born).values_list("person", flat=True).first()
        refuse_if(
            first != world.person, "acts.own-proposal", _("Only who proposed it can withdraw it."), field="proposal"
        )
        return self.Facts()

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(self.proposal, GroundRole.WITHDRAWS),)

    def apply(self, record: Performed) -> None:
        record.create(Settlement, proposal_id=self.proposal, performed=None)


class ConfirmTime(Act):
    """Two seats say that the computer's clock is right, after it jumped."""

    verb = "acts.confirm_time"
    power = Power.SEAT
    label = _("Confirm the time")
    said = _("{seat} confirmed the time")
    undo = None  # a wrong clock is set right and confirmed again

    today: Annotated[Day, Label(_("Today's date"), help=_("As on a calendar, not as on this computer"))]

    def check(self, world: World) -> ActFacts:
        refuse_if(
            abs((world.day - self.today).days) > 1,
            "acts.clock-differs",
            _("The computer's clock says another day. Set the clock first."),
            field="today",
        )
        return self.Facts()

    def apply(self, record: Performed) -> None:
        record.create(TimeConfirmed)


class BeginEpoch(Act):
    """Open restored or imported books for writing again. Quote the newest code on paper that you have."""

    verb = "acts.begin_epoch"
    power = Power.SEAT
    label = _("Begin a new epoch")
    said = _("{seat} opened the restored books for writing; records lost after the copy: {missing}")
    undo = None  # a further restore begins a further epoch

    paper_code: Annotated[PublicLine, Label(_("Code on the newest minutes"))]
    reason: Annotated[PublicText, Label(_("Why the books were restored"))]

    class Facts(ActFacts):
        paper_size: Count
        missing: Count

    def check(self, world: World) -> Facts:
        try:
            code = papercode.read(self.paper_code)
        except papercode.Mistyped as error:
            raise Refused("journal.mistyped", _("The code has a typing error."), field="paper_code") from error
        begun = EpochBegun.objects.filter(commune=world.commune).order_by("-epoch").first()
        answer = checkpoint.compare(world.commune, code, through_epoch=begun.epoch if begun else 1)
        refuse_if(
            answer.verdict in ("altered", "swapped"),
            "journal.altered",
            _("The code on paper does not fit these books: they are not a copy of the ones it was printed from."),
            field="paper_code",
        )
        newest = Checkpoint.objects.filter(commune=world.commune, size__lte=answer.held).order_by("-size").first()
        refuse_if(
            newest is not None and code.size < newest.size,
            "journal.older-code",
            _("These books hold a newer code than this one. Quote the newest that anybody has on paper."),
            field="paper_code",
        )
        return self.Facts(paper_size=code.size, missing=max(0, code.size - answer.held))

    def apply(self, record: Performed) -> None:
        record.create(EpochBegun, epoch=record.epoch)
