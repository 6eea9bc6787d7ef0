from django.apps import AppConfig


class ActsConfig(AppConfig):
    name = "comuna.acts"
    label = "acts"

    def ready(self) -> None:
        from comuna.acts import acts, erasing  # noqa: F401  importing registers the verbs
