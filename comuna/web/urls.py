"""Every room's addresses, one line a room."""

from __future__ import annotations

from django.urls import include, path
from ninja import NinjaAPI

from comuna.acts.api import router
from comuna.assemblies.pages import calendar, popolo
from comuna.web import awaiting, home, language, openapi, search, street

api = NinjaAPI(title="Comuna", docs_url=None, openapi_url=None, urls_namespace="api")
api.add_router("", router)

urlpatterns = [
    path("", home.this_week, name="home"),
    path("streets/", street.pick, name="streets"),
    path("streets/none/", street.forget, name="forget-street"),
    path("streets/<uuid:id>/", street.week, name="street"),
    path("streets/<uuid:id>/mine/", street.remember, name="remember-street"),
    path("search/", search.search, name="search"),
    path("language/<slug:language>/", language.choose, name="language"),
    path("api/openapi.json", openapi.document),
    path("api/", api.urls),
    path("", include("comuna.web.books")),
    path("agenda.ics", calendar.of_all, name="agenda"),
    path("agenda/<slug:council>.ics", calendar.of_council, name="agenda-of"),
    path("popolo.json", popolo.document, name="popolo"),
    path("look/", include("comuna.look.urls")),
    path("statute/", include("comuna.statutes.urls")),
    path("my-mandate/", awaiting.my_mandate),  # before the room's own, which knows only of seats
    path("people/", include("comuna.territory.urls")),
    path("", include("comuna.mandates.urls")),
    path("assemblies/", include("comuna.assemblies.urls")),
    path("letters/", include("comuna.letters.urls")),
    path("processes/", include("comuna.processes.urls")),
    path("elections/", include("comuna.elections.urls")),
    path("accounts/", include("comuna.treasury.urls")),
]

handler400 = "comuna.web.errors.bad_request"
handler403 = "comuna.web.errors.forbidden"
handler404 = "comuna.web.errors.not_found"
handler500 = "comuna.web.errors.failed"
