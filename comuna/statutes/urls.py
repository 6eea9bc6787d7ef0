"""Addresses of this room."""

from django.urls import path

from comuna.statutes.pages import adopting, reading

app_name = "statutes"
urlpatterns = [
    path("", reading.statute, name="statute"),
    path("organs/<str:organ_id>/", reading.organ, name="organ"),
    path("powers/", reading.powers, name="powers"),
    path("recall/", reading.recall, name="recall"),
    path("history/", reading.history, name="history"),
    path("file/", reading.file, name="file"),
    path("adopt/", adopting.adopt, name="adopt"),
]
