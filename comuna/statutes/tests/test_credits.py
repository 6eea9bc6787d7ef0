"""Kinds of credit: what the loader asks of them, and that each council's fund gives its own."""

from __future__ import annotations

import pytest

from comuna.statutes import builtin
from comuna.statutes.councils import Council
from comuna.statutes.loader import StatuteErrors, load
from comuna.statutes.spread import spread
from tests.words import changed

OF_A_COUNCIL = {
    'book = "bank.books"': 'book = "cc.fund.savings"',
    'approved_by = "bank.approval"': 'approved_by = "cc.unit.finance"',
    'followed_by = "bank.follow-up"': 'followed_by = "cc.unit.comptroller"',
}
FUND = 'decides = "cc.assembly"\nchart = "fund"'


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({'id = "small.credit"': 'id = "small.fund"'}, "stands twice"),
        ({'followed_by = "team"': 'followed_by = "desk"'}, "does not follow up"),
        ({', use = "losses"': ""}, "no account for losses"),
        ({'book = "small.book"': 'book = "small.none"'}, "small.none"),
        ({"months_max = 24": "months_max = 0"}, "months_max"),
        ({'{ code = "13", kind = "asset"': '{ code = "13", kind = "equity"'}, "advances stand in an asset"),
    ],
)
def test_a_credit_that_could_not_be_given_is_no_statute(changes: dict[str, str], said: str) -> None:
    with pytest.raises(StatuteErrors) as caught:
        load(changed(changes))
    assert said in str(caught.value)


def test_the_fund_of_each_council_gives_its_own_credits_where_its_chart_has_the_accounts() -> None:
    text = builtin.text("venezuela-commune")
    for old, new in OF_A_COUNCIL.items():
        text = text.replace(old, new, 1)
    begin = text.index('id = "cc.fund.savings"')
    text = text[:begin] + text[begin:].replace(FUND, FUND.replace("fund", "bank"), 1)
    alone = load(text)
    both = spread(alone, (Council("norte", "Norte"), Council("sur", "Sur")))
    crops = [one for one in both.money.credits if one.id.startswith("bank.crop")]
    assert [(one.id, one.book, one.approved_by) for one in crops] == [
        (f"bank.crop@{slug}", f"cc.fund.savings@{slug}", f"cc.unit.finance@{slug}") for slug in ("norte", "sur")
    ]
    assert [one.id for one in both.money.credits_of("bank.books")] == ["bank.small"]
