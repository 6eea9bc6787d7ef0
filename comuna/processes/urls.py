"""Addresses of this room."""

from django.urls import path

from comuna.processes.pages import acting, board, process

app_name = "processes"
urlpatterns = [
    path("", board.board, name="board"),
    path("begin/", acting.begin, name="begin"),
    # Reached from a process alone, so called otherwise than their acts, which my mandate would list
    path("step/", acting.record_step, name="record-a-step"),
    path("step/undo/", acting.undo_step, name="undo-a-step"),
    path("stop/", acting.stop, name="stop-a-process"),
    path("<uuid:id>/", process.process, name="process"),
]
