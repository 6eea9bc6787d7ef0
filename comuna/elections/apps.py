from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    name = "comuna.elections"
    label = "elections"

    def ready(self) -> None:
        from comuna.assemblies.pages import also
        from comuna.elections import acts  # noqa: F401  importing registers the verbs

        also.add("comuna.elections.pages.minutes")
