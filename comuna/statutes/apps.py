from django.apps import AppConfig


class StatutesConfig(AppConfig):
    name = "comuna.statutes"
    label = "statutes"
