"""Money and goods: who holds how much of what, by whose decision it came and went.

A *book* is the double-entry ledger of one organ for one purpose: a council's finance unit, one of its funds, the
communal bank. Its *accounts* are those of the statute's chart and those that the organ opened beneath. An *entry* moves
amounts between accounts: its *postings*, of which debits are above nothing and credits below, add up to nothing in each
*unit* (a currency or a good). Entries of a book are numbered without gaps (*folio*), are never changed, and are taken
back only by an entry the other way round. The database itself holds all of that, whoever writes (``models``).

A *budget line* is money that a decision set aside for a purpose; a *payment* goes against a line, and never beyond it.
What is *promised* of a line is free for no other payment. Accounts are *rendered* to a session of the organ that
decides over the book, as they stand that day.
"""
