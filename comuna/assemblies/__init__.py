"""Assemblies: organs that meet, count who is there, decide, and print minutes of it.

A *session* of an organ is convened with an agenda; *attendance* is typed from the sign-in sheet, each
*call* counts it against the quorum of the statute over the *roll* frozen at the first call; a *motion* is
put and its *tally* of hands says whether it passed; a passed motion is a *resolution*, with the seat that
answers for it and a day. The closed session is witnessed by a checkpoint, which its *minutes* carry.
"""
