"""The template tags of look: ``part``, ``parts``, ``value``."""
