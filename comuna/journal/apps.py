from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "comuna.journal"
    label = "journal"
