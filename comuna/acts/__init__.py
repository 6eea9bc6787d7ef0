"""Acts: the only door through which anything changes.

An *act* is a named, typed thing that somebody with a mandate does. ``act`` says what one looks like,
``fields`` which kinds of field it may have, ``door`` performs it (decide with ``check``, write the
journal, ``apply``), ``refusal`` says no in words, ``authority`` is the question the door asks the
mandates above (who may, and whose signatures), ``queries`` walks from an act to its *grounds* and to
what came of it, ``finding`` keeps the words by which acts' outcomes are found, and ``rebuild`` replays the
journal into an empty database.
"""
