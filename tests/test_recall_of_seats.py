"""Where an organ of seats decides on recalls, shares are shares of what the statute says: of its seats."""

from __future__ import annotations

from comuna.elections.acts import PetitionRecall
from comuna.elections.models import Petition
from conftest import Books
from tests.looks import officers
from tests.test_statute_words_lived import BY_THE_BOARD
from tests.town import founded
from tests.words import changed

OF_SEATS = {'part = "1/2"\nbase = "members"': 'part = "1/2"\nbase = "seats"'}


def test_signatures_for_a_recall_are_a_share_of_the_seats_where_the_statute_says_so(books: Books) -> None:
    town = founded(changed(BY_THE_BOARD | OF_SEATS))
    mandate = officers(town)
    act = PetitionRecall(mandate=mandate, ground="no-account", words="No rindió")
    asked = Petition.objects.get(pk=town.do(town.holder("secretary"), act).id)
    seats = sum(kind.count for kind in town.statute.seats_in("board"))
    assert (asked.whole, asked.needed) == (seats, -(-seats // 2))
