"""Addresses of this room."""

from django.urls import path

from comuna.assemblies.pages import (
    attendance,
    board,
    calendar,
    decisions,
    minutes,
    printing,
    recording,
    session,
    telling,
    voting,
)

app_name = "assemblies"
urlpatterns = [
    path("", board.sessions, name="sessions"),
    path("calendar/", calendar.how, name="calendar"),
    path("convene/", recording.convene, name="convene"),
    path("decisions/", decisions.resolutions, name="resolutions"),
    path("decisions/<uuid:id>/", decisions.resolution, name="resolution"),
    path("decisions/<uuid:id>/follow-up/", decisions.follow_up, name="follow-up"),
    path("decisions/<uuid:id>/instruct/", voting.instruct, name="instruct"),
    path("take-back/sheet/", recording.undo_attendance, name="undo-attendance"),
    path("take-back/leaving/", recording.undo_leaving, name="undo-leaving"),
    path("take-back/call/", recording.undo_call, name="undo-call"),
    path("take-back/motion/", recording.undo_motion, name="undo-motion"),
    path("take-back/count/", recording.undo_count, name="undo-count"),
    path("take-back/instruction/", voting.undo_instruction, name="undo-instruction"),
    path("<uuid:id>/", session.session, name="session"),
    path("<uuid:id>/sheet/", attendance.sheet, name="sheet"),
    path("<uuid:id>/attendance/", attendance.enter, name="attendance"),
    path("<uuid:id>/leaving/", attendance.leaving, name="leaving"),
    path("<uuid:id>/call/", recording.call, name="call"),
    path("<uuid:id>/adjourn/", recording.adjourn, name="adjourn"),
    path("<uuid:id>/item/", recording.item, name="item"),
    path("<uuid:id>/motion/", recording.motion, name="motion"),
    path("<uuid:id>/vote/", voting.vote, name="vote"),
    path("<uuid:id>/vote/names/", voting.by_name, name="names"),
    path("<uuid:id>/vote/papers/", voting.papers, name="papers"),
    path("<uuid:id>/close/", recording.close, name="close"),
    path("<uuid:id>/move/", recording.move, name="move"),
    path("<uuid:id>/cancel/", recording.cancel, name="cancel"),
    path("<uuid:id>/minutes/", minutes.minutes, name="minutes"),
    path("<uuid:id>/minutes/pdf/", printing.public, name="minutes-pdf"),
    path("<uuid:id>/minutes/certified/", printing.certified, name="certified"),
    path("<uuid:id>/notice/", telling.notice, name="notice"),
    path("<uuid:id>/poster/", telling.poster, name="poster"),
    path("<uuid:id>/screen/", telling.screen, name="screen"),
]
