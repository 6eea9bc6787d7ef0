from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    name = "comuna.processes"
    label = "processes"

    def ready(self) -> None:
        from comuna.assemblies.pages import deadlines
        from comuna.processes import acts  # noqa: F401  importing registers the verbs

        deadlines.add("comuna.processes.pages.deadlines")
