"""Letters that neighbours ask for: that somebody lives here, is of good conduct, has the community behind her.

A *request* says which of the statute's kinds of letter somebody wants, what for and to whom it is addressed. The seats
that the statute names sign it, each by an act of her own; with the last signature the *letter* is issued: it gets its
number in the register, its last day, and says what the books bore out that day. Whoever is shown it on paper types its
*code* and learns whether it is good, expired or revoked, and nothing else about anybody.
"""
