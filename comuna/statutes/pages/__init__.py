"""The pages of the statute: reading it (``reading``), and adopting or amending one (``adopting``)."""
