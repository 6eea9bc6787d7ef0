from django.urls import path

from comuna.elections.pages import board

app_name = "elections"
urlpatterns = [
    path("", board.board, name="board"),
    path("record/", board.record, name="record"),
    path("recalls/new/", board.petition, name="petition"),
    path("recalls/ask/", board.ask, name="ask"),
    path("recalls/signatures/", board.signatures, name="signatures"),
    path("recalls/report/", board.report, name="report"),
    path("recalls/decide/", board.decide, name="decide"),
    path("recalls/withdraw/", board.withdraw, name="withdraw"),
    path("recalls/<uuid:id>/", board.recall, name="recall"),
    path("<uuid:id>/", board.election, name="election"),
]
