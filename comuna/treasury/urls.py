"""Addresses of this room."""

from django.urls import path

from comuna.treasury.pages import (
    account,
    acting,
    advance,
    board,
    book,
    control,
    count,
    entry,
    line,
    observation,
    receipt,
)

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
    path("control/", control.control, name="control"),
    path("observe/", observation.observe, name="to-observe"),
    path("observations/answer/", observation.answer, name="to-answer-observation"),
    path("observations/close/", observation.close, name="to-close-observation"),
    path("observations/withdraw/", observation.withdraw, name="to-withdraw-observation"),
    path("observations/<uuid:id>/", observation.observation, name="observation"),
    path("books/<uuid:id>/observations/", observation.observations, name="observations"),
    path("count/", count.count, name="to-count-cash"),
    path("accounts/<uuid:id>/sheet/", count.sheet, name="sheet"),
    path("advances/give/", advance.give, name="to-give-advance"),
    path("advances/account/", advance.settle, name="to-settle-advance"),
    path("advances/bring-back/", advance.bring_back, name="to-return-advance"),
    path("advances/<uuid:id>/", advance.advance, name="advance"),
    path("books/<uuid:id>/advances/", advance.advances, name="advances"),
    path("receipts/hand-in/", receipt.hand_in, name="hand-in-receipt"),
    path("receipts/file/", receipt.file_receipt, name="to-file-receipt"),
    path("receipts/take-out/", receipt.remove_receipt, name="to-remove-receipt"),
    path("receipts/<uuid:id>/file/", receipt.photo, name="receipt-file"),
    path("books/<uuid:id>/", book.book, name="book"),
    path("accounts/<uuid:id>/", account.account, name="account"),
    path("entries/<uuid:id>/", entry.entry, name="entry"),
    path("lines/<uuid:id>/", line.line, name="line"),
]
