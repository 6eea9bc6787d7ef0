"""Addresses of this room."""

from django.urls import path

from comuna.treasury.pages import account, acting, bank, bankforms, board, book, contract, credit, entry, line

app_name = "treasury"
# Forms that belong to one book are called otherwise than their acts, which my mandate would list
urlpatterns = [
    path("", board.board, name="board"),
    path("open/", acting.open_book, name="open-book"),
    path("open-account/", acting.open_account, name="to-open-account"),
    path("opening/", acting.opening, name="opening"),
    path("receive/", acting.receive, name="to-receive"),
    path("move/", acting.move, name="to-move"),
    path("budget/", acting.adopt_budget, name="to-adopt-budget"),
    path("budget/move/", acting.move_budget, name="to-move-budget"),
    path("pay/", acting.pay, name="to-pay"),
    path("approve/", acting.approve, name="approve"),
    path("take-back/", acting.take_back, name="reverse"),
    path("books/<uuid:id>/", book.book, name="book"),
    path("accounts/<uuid:id>/", account.account, name="account"),
    path("entries/<uuid:id>/", entry.entry, name="entry"),
    path("lines/<uuid:id>/", line.line, name="line"),
    path("bank/", bank.overview, name="bank"),
    path("bank/savings/open/<uuid:id>/", bankforms.open_savings, name="to-open-savings"),
    path("bank/savings/<uuid:id>/", credit.savings, name="savings"),
    path("bank/deposit/", bankforms.deposit, name="to-deposit"),
    path("bank/withdraw/", bankforms.withdraw, name="to-withdraw"),
    path("bank/ask/", bankforms.ask, name="ask-credit"),
    path("bank/type/<uuid:id>/", bankforms.record_request, name="to-record-request"),
    path("bank/requests/<uuid:id>/", credit.credit_request, name="credit-request"),
    path("bank/requests/take-back/", bankforms.take_back_request, name="to-take-back-request"),
    path("bank/approve/", bankforms.approve_credit, name="to-approve-credit"),
    path("bank/refuse/", bankforms.refuse_credit, name="to-refuse-credit"),
    path("bank/credits/<uuid:id>/", credit.credit, name="credit"),
    path("bank/credits/<uuid:id>/paper/", contract.paper, name="credit-paper"),
    path("bank/pay-out/", bankforms.pay_out, name="to-pay-out"),
    path("bank/repay/", bankforms.repay, name="to-repay"),
    path("bank/reschedule/", bankforms.reschedule, name="to-reschedule"),
    path("bank/write-off/", bankforms.write_off, name="to-write-off"),
    path("bank/visit/", bankforms.note_visit, name="to-note-visit"),
    path("bank/take-back/", bankforms.take_back, name="to-take-back-bank"),
]
