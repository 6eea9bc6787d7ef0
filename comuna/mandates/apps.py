from django.apps import AppConfig


class MandatesConfig(AppConfig):
    name = "comuna.mandates"
    label = "mandates"

    def ready(self) -> None:
        from comuna.mandates import acts  # noqa: F401  importing registers the verbs
