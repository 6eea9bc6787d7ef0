from django.apps import AppConfig


class StatutesConfig(AppConfig):
    name = "comuna.statutes"
    label = "statutes"

    def ready(self) -> None:
        from comuna.statutes import acts  # noqa: F401  importing registers the verb
