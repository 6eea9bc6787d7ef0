"""Signing in: passwords, devices and the lock against guessing. All of it stays on this machine.

An account is prepared under the id of the claim that will make it good, so that a power cut between
password and claim leaves either nothing that opens or a claim whose password is there. Names are
looked up by digest; a wrong name takes as long and says the same as a wrong password.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from uuid import UUID, uuid4

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db.models import F, OuterRef, Subquery

from comuna.acts import clock
from comuna.journal.lock import writing
from comuna.mandates.models import Account, Claim, SignIn, Throttle

SIGN_IN_LASTS = timedelta(hours=12)
SEEN_WITHIN = timedelta(minutes=10)  # how exactly a device's last visit is known
ENDED_KEPT = timedelta(days=30)

NAME_LETTERS = range(3, 31)
PASSWORD_LETTERS = range(8, 201)

LOCKED_FOR = timedelta(minutes=15)
COUNTED_FOR = timedelta(minutes=15)
NAME_TRIES = 5
ADDRESS_TRIES = 30  # many neighbours may share the address of one router


class NameRefused(Exception):
    """Somebody else signs in with this name, or it is too short or too long."""

    def __init__(self, rule: str) -> None:
        self.rule = rule  # "taken" | "length"
        super().__init__(rule)


class PasswordRefused(Exception):
    """Too short, too long, or among those that are tried first."""

    def __init__(self, rule: str) -> None:
        self.rule = rule  # "length" | "common"
        super().__init__(rule)


class NotRecognised(Exception):
    """No account has this name and this password."""


class LockedOut(Exception):
    """Too many failed tries; the next one is possible at ``until``."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(until.isoformat())


@dataclass(frozen=True)
class Entered:
    """A sign-in that succeeded: the token is for the device's cookie and is kept nowhere else."""

    person: UUID
    token: str
    expires_at: datetime


# Accounts


def prepare(claim: UUID, person: UUID, name: str, password: str) -> None:
    """Keep a password that will open once ``claim`` is in the books.

    Raises NameRefused or PasswordRefused. Does nothing for a claim that is in the books already, whose
    id anybody may know.
    """
    _check_password_words(name, password)
    hashed = make_password(password)
    with writing():
        if Claim.objects.filter(pk=claim).exists():
            return
        digest = _name_digest(name)
        if any(account.person != person for account in _in_force(digest)):
            raise NameRefused("taken")
        Account.objects.update_or_create(
            id=claim,
            defaults={"person": person, "name_digest": digest, "password": hashed, "made_at": clock.now()},
        )


def forget(claim: UUID) -> None:
    """The claim was refused: its password goes."""
    with writing():
        if not Claim.objects.filter(pk=claim).exists():
            Account.objects.filter(pk=claim).delete()


def settle(claim: UUID, person: UUID) -> None:
    """The claim is in the books: older passwords of the person go, and every device is signed out."""
    with writing():
        Account.objects.filter(person=person).exclude(pk=claim).delete()
        SignIn.objects.filter(person=person, ended_at=None).update(ended_at=clock.now())


def change_password(person: UUID, old: str, new: str, *, keep: UUID) -> None:
    """Set another password and sign out every device but ``keep``.

    Raises NotRecognised, PasswordRefused, or LockedOut where a found device is used to guess.
    """
    tries = (_digest(f"change {person}"), NAME_TRIES)
    count_try([tries])
    account = _of_person(person)
    if account is None or not check_password(old, account.password):
        raise NotRecognised
    _check_password_words("", new)
    hashed = make_password(new)
    with writing():
        Throttle.objects.filter(pk=tries[0]).delete()
        Account.objects.filter(pk=account.pk).update(password=hashed, made_at=clock.now())
        SignIn.objects.filter(person=person, ended_at=None).exclude(pk=keep).update(ended_at=clock.now())


def _check_password_words(name: str, password: str) -> None:
    if name and len(_folded(name)) not in NAME_LETTERS:
        raise NameRefused("length")
    if len(password) not in PASSWORD_LETTERS:
        raise PasswordRefused("length")
    if name and _folded(password) == _folded(name):
        raise PasswordRefused("common")
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError as error:
        raise PasswordRefused("common") from error


def _in_force(name_digest: str) -> list[Account]:
    """Accounts of this name whose claim is their person's newest."""
    found = list(Account.objects.filter(name_digest=name_digest))
    return [account for account in found if newest_claim(account.person) == account.pk]


def renew(claim: UUID, person: UUID, name: str, password: str, *, last: datetime | None) -> None:
    """Set a password, and a name, anew under a claim that is in the books; every device is signed out. ``last`` is
    when the present one was set, None where this machine has none.

    Raises NameRefused, PasswordRefused, or NotRecognised where another was set meanwhile.
    """
    _check_password_words(name, password)
    hashed = make_password(password)
    with writing():
        if set_at(claim) != last:
            raise NotRecognised
        digest = _name_digest(name)
        if any(account.person != person for account in _in_force(digest)):
            raise NameRefused("taken")
        set_anew = {"person": person, "name_digest": digest, "password": hashed, "made_at": clock.now()}
        Account.objects.update_or_create(id=claim, defaults=set_anew)
        SignIn.objects.filter(person=person, ended_at=None).update(ended_at=clock.now())


def set_at(claim: UUID) -> datetime | None:
    """When a claim's name and password were set on this machine."""
    found: datetime | None = Account.objects.filter(pk=claim).values_list("made_at", flat=True).first()
    return found


def _of_person(person: UUID) -> Account | None:
    claim = newest_claim(person)
    found: Account | None = Account.objects.filter(pk=claim).first() if claim else None
    return found


def claimed(commune: UUID) -> int:
    """How many people have claimed an account."""
    return Claim.objects.filter(commune=commune).values("person").distinct().count()


def newest_claim(person: UUID) -> UUID | None:
    """None for who died or moved away: nobody goes on under her name. A departure never lies in the future."""
    claims = Claim.objects.filter(person=person, person__left_on=None)
    found: UUID | None = claims.order_by("-born").values_list("pk", flat=True).first()
    return found


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _name_digest(name: str) -> str:
    return _digest("name " + _folded(name))


def _digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()


# Signing in


def sign_in(name: str, password: str, *, address: str, device: str) -> Entered:
    """Open a session on one device. Raises LockedOut or NotRecognised."""
    return _enter(_recognised(name, password, address), device)


def recognise(name: str, password: str, *, address: str) -> UUID:
    """Who has this name and password, for one act without a session. Raises LockedOut or NotRecognised."""
    return _recognised(name, password, address).person


def _recognised(name: str, password: str, address: str) -> Account:
    keys = [(_name_digest(name), NAME_TRIES), (_digest("address " + address), ADDRESS_TRIES)]
    count_try(keys)
    account = next(iter(_in_force(_name_digest(name))), None)
    if not check_password(password, account.password if account else _nobodys_password()) or account is None:
        raise NotRecognised
    with writing():
        Throttle.objects.filter(pk=keys[0][0]).delete()
    _was_right(keys[1])
    return account


def enter_after_claim(claim: UUID, device: str) -> Entered | None:
    """A session for who has just claimed an account; None where that claim is not the one in force."""
    account = Account.objects.filter(pk=claim).first()
    if account is None or newest_claim(account.person) != claim:
        return None
    return _enter(account, device)


def _enter(account: Account, device: str) -> Entered:
    token, now = secrets.token_urlsafe(32), clock.now()
    with writing():
        SignIn.objects.filter(expires_at__lt=now - ENDED_KEPT).delete()
        SignIn.objects.create(
            id=uuid4(),
            digest=_digest(token),
            person=account.person,
            account=account.pk,
            device=device[:80],
            began_at=now,
            seen_at=now,
            expires_at=now + SIGN_IN_LASTS,
        )
    return Entered(account.person, token, now + SIGN_IN_LASTS)


@cache
def _nobodys_password() -> str:
    """Checked where there is no account, so that the answer takes as long."""
    return make_password(secrets.token_urlsafe(16))


def count_try(keys: Sequence[tuple[str, int]]) -> None:
    """Count one try under each key before it is judged. Raises LockedOut where there were too many."""
    now = clock.now()
    with writing():
        Throttle.objects.filter(last_at__lt=now - COUNTED_FOR - LOCKED_FOR).delete()
        standing = Throttle.objects.in_bulk([key for key, _most in keys])
        locked = [one.locked_until for one in standing.values() if one.locked_until and one.locked_until > now]
        if locked:
            raise LockedOut(max(locked))
        for key, most in keys:
            before = standing.get(key)
            recent = before is not None and before.locked_until is None and now - before.last_at < COUNTED_FOR
            failures = (before.failures if before is not None and recent else 0) + 1
            Throttle.objects.update_or_create(
                key=key,
                defaults={
                    "failures": failures,
                    "last_at": now,
                    "locked_until": now + LOCKED_FOR if failures >= most else None,
                },
            )


def _was_right(key: tuple[str, int]) -> None:
    """Take back the one try that was counted before it was judged: a whole assembly may sit behind one router.

    The wrong tries counted under the same key stay, so that nobody guesses on between sign-ins of their own.
    """
    digest, most = key
    with writing():
        Throttle.objects.filter(pk=digest, failures=most).update(locked_until=None)
        Throttle.objects.filter(pk=digest, failures__gt=0).update(failures=F("failures") - 1)


def count_code_try(address: str, of: str = "code") -> None:
    """The same for a typed claim code, or one ``of`` another kind, which is counted apart. Raises LockedOut."""
    count_try([_code_key(address, of)])


def code_was_right(address: str, of: str = "code") -> None:
    """The code typed last from there is one: that try is not counted."""
    _was_right(_code_key(address, of))


def _code_key(address: str, of: str) -> tuple[str, int]:
    return (_digest(f"{of} {address}"), ADDRESS_TRIES)


# Devices


def found_by(token: str) -> SignIn | None:
    """The session that a device's token opens now: one statement. A newer claim has closed the older ones, and a
    departure all of them."""
    claims = Claim.objects.filter(person=OuterRef("person"), person__left_on=None).order_by("-born")
    found: SignIn | None = SignIn.objects.filter(
        digest=_digest(token),
        ended_at=None,
        expires_at__gt=clock.now(),
        account=Subquery(claims.values("pk")[:1]),
    ).first()
    return found


def seen(session: SignIn) -> None:
    """Note the visit, at most every ten minutes."""
    now = clock.now()
    if now - session.seen_at >= SEEN_WITHIN:
        with writing():
            SignIn.objects.filter(pk=session.pk).update(seen_at=now)


def devices(person: UUID) -> list[SignIn]:
    """Where the person is signed in now, the last seen first."""
    open_now = SignIn.objects.filter(person=person, ended_at=None, expires_at__gt=clock.now())
    return list(open_now.order_by("-seen_at"))


def end_device(person: UUID, session: UUID) -> bool:
    """Sign one's own device out from anywhere; False when there is no such open session."""
    with writing():
        return bool(SignIn.objects.filter(pk=session, person=person, ended_at=None).update(ended_at=clock.now()))
