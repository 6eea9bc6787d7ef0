"""Statutes: what kind of self-government a commune is, as data.

A *statute* is a TOML file that says which *organs* there are, which *seats* they have and who chooses
them, what makes a *call* quorate and a motion pass, when organs meet, which seats have *power* over
which acts, and how a mandate is *recalled*. ``loader`` reads and checks such a file, ``statute`` holds
its vocabulary, ``rules`` its arithmetic; adopting one is an act, and from then on it is the text in
the commune's own home that counts, never the file in this package.
"""
