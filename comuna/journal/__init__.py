"""The journal: bytes that cannot be altered unseen.

One append-only chain of *records* per commune. A record is canonical JSON (``canonical``), linked to
the one before by its digest (``chain``); what is private in it lies beside it in *parts* that the
record only commits to, so that a part can be erased and the chain still verifies (``parts``). Files
are kept by their digest (``files``), *checkpoints* carry the head to paper and to other witnesses
(``checkpoint``, ``papercode``), triggers make the database itself refuse changes (``triggers``), one
lock makes one writer (``lock``), ``verify`` looks for what does not fit, and ``bundle`` carries all
of it elsewhere. This room knows no act: what the records mean is the business of ``acts``.
"""
