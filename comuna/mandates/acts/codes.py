"""Printed codes, and the accounts that are claimed with them."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from comuna.acts.act import Act, ActFacts, Cite, GroundRole, Performed, Power, World
from comuna.acts.fields import Day, HexDigest, Id, Label, To
from comuna.acts.refusal import refuse_if
from comuna.mandates import councils, effects, queries
from comuna.mandates.codes import digest_of
from comuna.mandates.models import Claim, ClaimCode, CodeVoided
from comuna.territory.models import Person

CODE_LASTS_DAYS = 30


class IssueCode(Act):
    """Print a code for a neighbour, who sets a password with it: for a new account or a lost password.
    Any earlier code of that person is worth nothing from now on. For who holds seats, in whatever council, it is
    printed by who may in all of them."""

    verb = "mandates.issue_code"
    power = Power.SEAT
    label = _("Print a claim code")
    said = _("{seat} printed a claim code, good until {expires_on}")
    undo = "mandates.void_code"

    person: Annotated[Id, To(Person), Label(_("For whom"))]
    digest: Annotated[HexDigest, Label(_("Digest of the code"))]

    class Facts(ActFacts):
        expires_on: Day

    def in_council(self) -> str | None:
        return councils.council_of_account(self.person)

    def check(self, world: World) -> Facts:
        person = world.get(Person, self.person, field="person")
        refuse_if(
            person.left_on is not None and person.left_on <= world.day,
            "mandates.has-left",
            _("This person no longer lives here."),
            field="person",
        )
        refuse_if(
            queries.is_known_code(self.digest),
            "mandates.code-known",
            _("This code was printed before."),
            field="digest",
        )
        return self.Facts(expires_on=world.day + timedelta(days=CODE_LASTS_DAYS))

    def apply(self, record: Performed) -> None:
        effects.issue_code(record, record.id, self.person, self.digest, record.facts.expires_on)


class VoidCode(Act):
    """Take a printed code back, because the sheet was lost or given to the wrong person."""

    verb = "mandates.void_code"
    power = Power.SEAT
    label = _("Take a claim code back")
    said = _("{seat} took a claim code back")
    undo = None  # print another one

    code: Annotated[Id, To(ClaimCode), Label(_("Code"))]

    class Facts(ActFacts):
        issued_by: Id

    def in_council(self) -> str | None:
        return councils.council_of_code(self.code)

    def check(self, world: World) -> Facts:
        code = world.get(ClaimCode, self.code, field="code")
        refuse_if(hasattr(code, "claim"), "mandates.code-used", _("This code has been used."), field="code")
        refuse_if(hasattr(code, "voided"), "mandates.code-voided", _("This code was taken back already."), field="code")
        return self.Facts(issued_by=code.act)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.issued_by, GroundRole.WITHDRAWS),)

    def apply(self, record: Performed) -> None:
        record.create(CodeVoided, code_id=self.code)


class ClaimAccount(Act):
    """Use a printed code. What is shown proves that you hold the code; the code itself stays on paper."""

    verb = "mandates.claim_account"
    power = Power.ANYONE
    label = _("Claim my account")
    said = _("A neighbour claimed an account")
    undo = None  # a lost password is replaced by a new code

    proof: Annotated[HexDigest, Label(_("Proof of the code"))]

    class Facts(ActFacts):
        code: Id
        person: Id
        issued_by: Id

    def check(self, world: World) -> Facts:
        code = queries.code_with(digest_of(self.proof))
        refuse_if(code is None, "mandates.no-such-code", _("Nobody was given this code."), field="proof")
        assert code is not None
        refuse_if(
            hasattr(code, "claim"),
            "mandates.code-used",
            _("This code has been used. Ask for a new one."),
            field="proof",
        )
        newest = queries.newest_code(code.person_id)
        refuse_if(
            hasattr(code, "voided") or newest is None or newest.id != code.id,
            "mandates.code-voided",
            _("This code is no longer good. Ask for a new one."),
            field="proof",
        )
        refuse_if(
            code.expires_on < world.day,
            "mandates.code-expired",
            _("This code has run out. Ask for a new one."),
            field="proof",
        )
        left = code.person.left_on
        refuse_if(
            left is not None and left <= world.day,
            "mandates.has-left",
            _("This person no longer lives here."),
            field="proof",
        )
        return self.Facts(code=code.id, person=code.person_id, issued_by=code.act)

    def cites(self, facts: Any) -> tuple[Cite, ...]:
        return (Cite(facts.issued_by, GroundRole.ANSWERS),)

    def apply(self, record: Performed) -> None:
        record.create(Claim, code_id=record.facts.code, person_id=record.facts.person)
