"""Addresses of this room."""

from django.urls import path

from comuna.mandates.pages import board, codes, councils, founding, offices, own, renewal, seats, several_codes, signing

app_name = "mandates"
urlpatterns = [
    path("who-decides/", board.who_decides, name="who-decides"),
    path("who-decides/<str:organ>/", board.organ, name="organ"),
    path("renewal/", renewal.renewal, name="renewal"),
    path("councils/register/", councils.register, name="register-council"),
    path("councils/correct/", councils.correct, name="correct-council"),
    path("councils/strike/", councils.strike, name="strike-council"),
    path("councils/<slug:slug>/", board.council, name="council"),
    path("seats/<str:kind>/<int:number>/", seats.seat, name="seat"),
    path("my-mandate/", own.mine, name="my-mandate"),
    path("my-mandate/resign/", own.resign, name="resign"),
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-out/", signing.sign_out, name="sign-out"),
    path("claim/", signing.claim, name="claim"),
    path("devices/", signing.devices, name="devices"),
    path("password/", signing.password, name="password"),
    path("mandates/enter/", offices.enter, name="enter-mandate"),
    path("mandates/end/", offices.end, name="end-mandate"),
    path("mandates/suspend/", offices.suspend, name="suspend"),
    path("mandates/lift/", offices.lift, name="lift-suspension"),
    path("mandates/undo-entry/", offices.undo_entry, name="undo-entry"),
    path("mandates/undo-ending/", offices.undo_ending, name="undo-ending"),
    path("codes/new/", codes.issue, name="issue-code"),
    path("codes/several/", several_codes.issue, name="issue-codes"),
    path("codes/take-back/", codes.void, name="void-code"),
    path("found/", founding.found, name="found"),
    path("found/codes/", founding.founders_codes, name="founders-codes"),
]
