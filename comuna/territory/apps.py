from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "comuna.territory"
    label = "territory"

    def ready(self) -> None:
        from comuna.territory import acts  # noqa: F401  importing registers the verbs
