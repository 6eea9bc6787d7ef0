from django.apps import AppConfig


class TreasuryConfig(AppConfig):
    name = "comuna.treasury"
    label = "treasury"

    def ready(self) -> None:
        from comuna.assemblies.pages import also
        from comuna.treasury import acts  # noqa: F401  importing registers the verbs

        also.add("comuna.treasury.pages.minutes")
