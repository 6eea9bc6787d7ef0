"""Addresses of this room."""

from django.urls import path

from comuna.treasury.pages import account, acting, board, book, entry, export, line, report, years

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
    path("years/<int:year>/", years.year, name="year"),
    path("years/<int:year>/purposes/<str:code>/", years.purpose, name="purpose"),
    path("books/<uuid:id>/", book.book, name="book"),
    path("books/<uuid:id>/entries/", book.entries, name="entries"),
    path("books/<uuid:id>/report/", report.report, name="report"),
    path("books/<uuid:id>/report/pdf/", report.file, name="report-pdf"),
    path("imports/take-back/", acting.take_back_import, name="to-undo-import"),
    path("books/<uuid:id>/export/<slug:kind>/", export.export, name="export"),
    path("accounts/<uuid:id>/", account.account, name="account"),
    path("entries/<uuid:id>/", entry.entry, name="entry"),
    path("lines/<uuid:id>/", line.line, name="line"),
]
