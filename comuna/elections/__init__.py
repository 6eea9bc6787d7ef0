"""Elections and recalls: who is chosen for a seat by a session that counted, and how a mandate is taken back.

An *election* is typed from counted papers or hands: *candidacies* with their votes; the most voted become
principals, the next ones alternates; a *tie* across the last place waits for a further vote among those tied. A
*recall* begins with a *petition* (signed by a share of the roll, or asked by a seat that needs no signatures), goes to
a *desk* that hears both sides and *reports* within days, and ends with the *decision* of the organ that
recalls: it ends the mandate at once, lets the alternate step in and bars the person for some terms.
"""
