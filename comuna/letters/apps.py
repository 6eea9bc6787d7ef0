from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "comuna.letters"
    label = "letters"

    def ready(self) -> None:
        from comuna.letters import acts  # noqa: F401  importing registers the verbs
