from django.urls import path

from comuna.look import pages

app_name = "look"
urlpatterns = [path("", pages.patterns, name="patterns"), path("<str:name>/", pages.pattern, name="pattern")]
