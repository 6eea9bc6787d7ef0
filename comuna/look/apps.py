from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "comuna.look"
    label = "look"
