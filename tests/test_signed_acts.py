"""An act done by two signatures names both, and leads to its proposal and to each signature."""

from __future__ import annotations

from django.test import Client

from comuna.acts.erasing import ErasableAudience, ErasePrivate
from comuna.journal.models import Record
from tests.cast import Cast


def test_the_page_of_an_act_that_two_signed_names_both_and_leads_to_each_signature(founded: Cast) -> None:
    reader = Client(headers={"accept-language": "en"})
    act = ErasePrivate(subject=founded.neighbour, audiences=(ErasableAudience.HOUSEHOLD,), reason="Lo pidió")
    done = founded.signed(act).id
    proposal, signature, _done = Record.objects.order_by("-seq").values_list("id", flat=True)[:3][::-1]
    page = reader.get(f"/acts/{done}/").content.decode()
    by = page.partition("<dt>By</dt>")[2].partition("</dd>")[0]
    assert by.count("Promoter ") == 2
    assert f"/acts/{proposal}/" in page and f"/acts/{signature}/" in page
    assert f"/acts/{done}/" in reader.get(f"/acts/{proposal}/").content.decode(), "and back"
    assert f"/acts/{done}/" in reader.get(f"/acts/{signature}/").content.decode()


def test_the_list_of_acts_says_what_was_proposed(founded: Cast) -> None:
    act = ErasePrivate(subject=founded.neighbour, audiences=(ErasableAudience.HOUSEHOLD,), reason="Lo pidió")
    founded.signed(act)
    page = Client(headers={"accept-language": "en"}).get("/acts/").content.decode()
    assert "proposed: Erase private words" in page and "proposed: —" not in page
