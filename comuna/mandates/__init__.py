"""Mandates: who holds which seat, until when, and what they may therefore do.

An *organ* and its *seats* come from the statute in force; a *mandate* is one person's time in one
place, as principal or as alternate, with its origin (founding, election, paper from before the books,
succession) and at most one *ending* (resigned, recalled, replaced, died, ended). Whether a mandate is
active, expired and acting, lapsed or suspended is worked out from these and the day, never stored.
``rules`` holds those workings, ``seating`` decides who may take a place and who steps in, ``effects``
writes it, ``authority`` answers the door. An *account* is how a person signs in: claimed with a
printed *code* that the journal knows only by its digest.
"""
