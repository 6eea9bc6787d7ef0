from django.apps import AppConfig


class AssembliesConfig(AppConfig):
    name = "comuna.assemblies"
    label = "assemblies"

    def ready(self) -> None:
        from comuna.assemblies import acts  # noqa: F401  importing registers the verbs
