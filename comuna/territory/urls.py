"""Addresses of this room."""

from django.urls import path

from comuna.territory.pages import census, changing, correcting, imports, people, streets

app_name = "territory"
urlpatterns = [
    path("", people.overview, name="overview"),
    path("list/", people.listing, name="people"),
    path("import/", census.upload, name="import"),
    path("import/", census.upload, name="import-census"),  # by its act, for whoever lists acts
    path("import/<uuid:id>/", census.preview, name="preview"),
    path("import/<uuid:id>/columns/", census.put_columns_right, name="columns"),
    path("import/<uuid:id>/confirm/", census.confirm, name="confirm"),
    path("import/<uuid:id>/same/", census.say_who_is_who, name="same"),
    path("import/<uuid:id>/left/", census.left, name="left"),
    path("import/<uuid:id>/discard/", census.discard, name="discard"),
    path("imports/", imports.imports, name="imports"),
    path("imports/undo/", changing.undo_import, name="undo-import"),
    path("imports/<uuid:id>/left/", imports.left_out, name="left-out"),
    path("imports/<uuid:id>/", imports.imported, name="imported"),
    path("sectors/add/", changing.add_sector, name="add-sector"),
    path("sectors/correct/", changing.correct_sector, name="correct-sector"),
    path("streets/add/", changing.add_street, name="add-street"),
    path("streets/correct/", changing.correct_street, name="correct-street"),
    path("streets/<uuid:id>/", streets.street, name="street"),
    path("households/new/", changing.register_household, name="register-household"),
    path("households/correct/", changing.correct_household, name="correct-household"),
    path("households/<uuid:id>/", people.household, name="household"),
    path("new/", changing.register_person, name="register-person"),
    path("correct/", correcting.correct_person, name="correct-person"),
    path("join-council/", changing.join_council, name="join-council"),
    path("residence/", changing.residence, name="residence"),
    path("departure/", changing.departure, name="departure"),
    path("departure/undo/", changing.undo_departure, name="undo-departure"),
    path("erase/", changing.erase_person, name="erase-person"),
    path("households/erase/", changing.erase_household, name="erase-household"),
    path("strike/", changing.strike, name="strike"),
    path("<uuid:id>/", people.person, name="person"),
]
