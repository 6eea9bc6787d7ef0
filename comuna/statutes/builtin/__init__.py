"""The statutes that come with Comuna. A commune adopts a copy of the text; what stands here is never
asked again after that."""

from __future__ import annotations

from importlib.resources import files


def names() -> tuple[str, ...]:
    """The ids of the built-in statutes."""
    texts = (file.name for file in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in texts if name.endswith(".toml")))


def text(name: str) -> str:
    """The text of a built-in statute. Raises FileNotFoundError."""
    return files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
