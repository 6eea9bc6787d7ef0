"""An index over the words of a text column, in each engine's own way, declared like any other index of a table.

So Django's migration makes it, the mark of the release knows it, and ``verify`` holds it against a newly made one.
On SQLite it is an FTS5 table that reads its words from the column (*external content*), without places or sizes of
words (``detail=none``, ``columnsize=0``): whoever writes the column writes it too. On PostgreSQL it is a GIN index
that the engine keeps by itself, over words that were folded already: no extension is needed, and no right.

Weighed and left: the trigram tokenizer finds the middle of words and is several times as large; PostgreSQL's own
parser and dictionaries cut words otherwise than SQLite does.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.ddl_references import Statement

VECTOR = "array_to_tsvector(string_to_array(words, ' '))"


class WordsIndex(models.Index):
    """Over one text column of words with a space between each two."""

    def create_sql(self, model: Any, schema_editor: Any, using: str = "", **kwargs: Any) -> Statement:
        table, name = model._meta.db_table, self.name
        if schema_editor.connection.vendor == "postgresql":
            return Statement(f"CREATE INDEX {name} ON {table} USING gin ({VECTOR})")
        return Statement(
            f"CREATE VIRTUAL TABLE {name} USING fts5(words, content='{table}', content_rowid='id', detail=none,"
            " columnsize=0, tokenize=\"unicode61 remove_diacritics 2 tokenchars '_'\")"
        )

    def remove_sql(self, model: Any, schema_editor: Any, **kwargs: Any) -> str:
        kind = "INDEX" if schema_editor.connection.vendor == "postgresql" else "TABLE"
        return f"DROP {kind} {self.name}"
