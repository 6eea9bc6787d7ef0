"""Territory: the commune, its sectors, streets and households, and the people who live in them.

A *commune* is whatever the books are of: a communal council, a commune, a co-operative. A *household* is the
people of one kitchen; two may share a house. A *person* is private by default: in public she is her initials,
or her public name while she holds office. *Away* is living elsewhere for work or study, *abroad* outside the
country; both still belong here, and a statute says whether they count in a quorum. The *roll* of a day is
everybody who counts. A *census import* takes a whole list of people as one act, each row taken, matched to
somebody known, or listed with the reason; ``reading`` understands the spreadsheets that people really keep.
"""
