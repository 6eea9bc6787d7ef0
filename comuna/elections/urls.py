"""Addresses of this room."""

from django.urls import path

from comuna.elections.pages import asking, board, electing, recalling

app_name = "elections"
urlpatterns = [
    path("", board.board, name="board"),
    path("record/", electing.record, name="record"),
    path("take-back/election/", electing.undo_election, name="undo-election"),
    path("take-back/signatures/", recalling.undo_signatures, name="undo-signatures"),
    path("take-back/vote/", recalling.undo_decision, name="undo-decision"),
    path("recalls/new/", asking.petition, name="petition"),
    path("recalls/ask/", asking.ask, name="ask"),
    path("recalls/signatures/", recalling.signatures, name="signatures"),
    path("recalls/report/", recalling.report, name="report"),
    path("recalls/decide/", recalling.decide, name="decide"),
    path("recalls/withdraw/", recalling.withdraw, name="withdraw"),
    path("recalls/<uuid:id>/sheet/", asking.sheet, name="sheet"),
    path("recalls/<uuid:id>/", recalling.recall, name="recall"),
    path("<uuid:id>/", electing.election, name="election"),
]
