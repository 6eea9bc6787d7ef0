"""What funds help with: what the loader asks of it, and that each council's fund helps for itself."""

from __future__ import annotations

import pytest

from comuna.statutes import builtin
from comuna.statutes.councils import Council
from comuna.statutes.loader import StatuteErrors, load
from comuna.statutes.spread import spread
from tests.words import changed

SECOND = """
[[aid]]
id = "small.other"
rule = "small.other"
source = "By-laws, art. 22"
mark = "O"
name = { es = "Sepelio", en = "Burial" }
book = "small.book"
decided_by = "board"
"""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({'id = "small.aid"': 'id = "small.credit"'}, "stands twice"),
        ({'book = "small.book"\ndecided': 'book = "small.none"\ndecided'}, "small.none"),
        ({'decided_by = "team"\n': 'decided_by = "circus"\n'}, "circus"),
        ({'decided_by = "team"\n': 'decided_by = "team"\naccount = "5.5"\n'}, "no account 5.5 on which money is spent"),
        ({'decided_by = "team"\n': 'decided_by = "team"\naccount = "1"\n'}, "no account 1 on which money is spent"),
    ],
)
def test_aid_that_could_not_be_given_is_no_statute(changes: dict[str, str], said: str) -> None:
    with pytest.raises(StatuteErrors) as caught:
        load(changed(changes))
    assert said in str(caught.value)


def test_one_organ_decides_about_all_aid_of_a_book() -> None:
    with pytest.raises(StatuteErrors) as caught:
        load(changed({}) + SECOND)
    assert "one organ decides" in str(caught.value)
    assert len(load(changed({}) + SECOND.replace("board", "team")).money.aids) == 2


def test_all_aid_of_a_book_is_paid_out_of_one_account() -> None:
    with pytest.raises(StatuteErrors) as caught:
        load(changed({}) + SECOND.replace("board", "team") + 'account = "5"\n')
    assert "one account" in str(caught.value)


def test_the_fund_of_each_council_helps_for_itself_and_that_of_the_commune_only_where_there_are_several() -> None:
    statute = load(builtin.text("venezuela-commune"))
    both = spread(statute, (Council("norte", "Norte"), Council("sur", "Sur")))
    burial = [(one.id, one.book, one.decided_by) for one in both.money.aids if one.id.startswith("cc.aid.burial")]
    assert burial == [
        (f"cc.aid.burial@{slug}", f"cc.fund.social@{slug}", f"cc.unit.executive@{slug}") for slug in ("norte", "sur")
    ]
    assert len(both.money.aids_of("commune.fund.emergency")) == 4
    alone = spread(statute, ())
    assert {one.decided_by for one in alone.money.aids} <= {organ.id for organ in alone.organs}
    assert {one.book for one in alone.money.aids} <= {book.id for book in alone.money.books}
    assert len(alone.money.aids_of("cc.fund.social")) == 4
