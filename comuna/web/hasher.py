"""How passwords are hashed: argon2id within what a cheap computer can spare (36 ms, 19 MiB a sign-in)."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class SmallArgon2(Argon2PasswordHasher):
    """OWASP's second choice of parameters; Django's own default takes 100 MiB a sign-in."""

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1
