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
    # Reached from a letter alone, so called otherwise than their acts, which my mandate would list
    path("sign/", letter.sign, name="sign-letter"),
    path("sign/undo/", letter.undo_signature, name="undo-letter-signature"),
    path("refuse/", letter.refuse, name="refuse-letter"),
    path("withdraw/", letter.withdraw, name="withdraw-letter"),
    path("revoke/", letter.revoke, name="revoke-letter"),
    path("<uuid:id>/", letter.letter, name="letter"),
    path("<uuid:id>/print/", printing.paper, name="print"),
]
