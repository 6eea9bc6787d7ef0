"""What an organ says in public rests on a decision that this organ recorded, and says so."""

from __future__ import annotations

from django.test import Client

from comuna.acts.act import GroundRole
from comuna.acts.clock import frozen_at
from comuna.acts.models import Ground
from comuna.assemblies.acts import PublishStatement, UndoCount, WithdrawStatement
from comuna.assemblies.holding import changed_outside
from comuna.assemblies.models import Resolution, Tally
from comuna.assemblies.tests.test_pages import form_of, href, text
from comuna.assemblies.tests.test_ratifying import finance_decides
from comuna.assemblies.tests.test_session import MEETING, Room
from tests.cast import Cast, refused

WORDS = "Exigimos el agua que falta desde enero"


def test_a_statement_says_which_decision_of_the_organ_is_behind_it(founded: Cast) -> None:
    room = Room(founded, neighbours=3)
    with frozen_at(MEETING):
        whole = len(room.quorate())
        room.count(room.motion(text="Decir en público que falta el agua"), whole, 0)
        secretary, decided = founded.browser(founded.secretary), Resolution.objects.get()
        where = f"/assemblies/decisions/{decided.id}/statement/"
        assert where in text(secretary, f"/assemblies/decisions/{decided.id}/")
        form = form_of(text(secretary, where)) | {"title": "Por el agua", "text": WORDS}
        answer = secretary.post(where, form)
        assert answer.status_code == 302
        page = text(Client(), answer["Location"])
        assert WORDS in page and "Decision 1 of 2026" in page and f"of {whole} present" in page
        assert "Por el agua" in text(Client(), "/assemblies/statements/")
        tally = Tally.objects.get()
        assert Ground.objects.filter(ground=tally.id, role=GroundRole.DECIDED_BY.value).exists()
        with refused("assemblies.stated"):
            room.does(UndoCount(tally=tally.id))
        statement = answer["Location"].rstrip("/").rpartition("/")[2]
        room.does(WithdrawStatement.model_validate({"statement": statement}, strict=False))
        assert "Withdrawn on" in text(Client(), answer["Location"])
        with refused("assemblies.statement-withdrawn"):
            room.does(WithdrawStatement.model_validate({"statement": statement}, strict=False))
    assert changed_outside(room.session) == []


def test_nobody_speaks_for_an_organ_by_a_decision_that_waits_to_be_ratified(founded: Cast) -> None:
    decided = finance_decides(founded)
    with frozen_at(MEETING), refused("assemblies.not-ratified"):
        founded.does(founded.substitute, PublishStatement(resolution=decided.id, title="Pagamos", text=WORDS))


def test_the_wall_shows_the_count_to_repeat_what_passes_it_and_what_was_voted(founded: Cast) -> None:
    room = Room(founded, neighbours=10)
    with frozen_at(MEETING):
        assert "1. Tanque de agua" in text(Client(), href(room, "screen/"))
        whole = len(room.quorate())
        room.count(room.motion(text="Comprar el tanque"), whole, 0)
        room.motion(text="Comprar el tubo")
        page = text(Client(), href(room, "screen/"))
    assert "Comprar el tubo" in page and "To pass: " in page
    assert "Voted so far" in page and "Comprar el tanque" in page and f"{whole} for" in page
    assert '<meta http-equiv="refresh" content="10">' in page
    assert "<script" not in page
