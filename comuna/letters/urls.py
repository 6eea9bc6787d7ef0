"""Addresses of this room."""

from django.urls import path

from comuna.letters.pages import asking, board, checking, letter, printing

app_name = "letters"
urlpatterns = [
    path("", board.board, name="board"),
    path("ask/", asking.ask, name="ask"),
    path("new/", asking.record_request, name="record-request"),
    path("register/", board.register, name="register"),
    path("check/", checking.check, name="check"),
    path("sign/", letter.sign, name="sign"),
    path("sign/undo/", letter.undo_signature, name="undo-signature"),
    path("refuse/", letter.refuse, name="refuse"),
    path("withdraw/", letter.withdraw, name="withdraw"),
    path("revoke/", letter.revoke, name="revoke"),
    path("<uuid:id>/", letter.letter, name="letter"),
    path("<uuid:id>/print/", printing.paper, name="print"),
]
