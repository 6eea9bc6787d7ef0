from django.apps import AppConfig


class AssembliesConfig(AppConfig):
    name = "comuna.assemblies"
    label = "assemblies"
