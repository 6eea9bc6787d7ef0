from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    name = "comuna.elections"
    label = "elections"
