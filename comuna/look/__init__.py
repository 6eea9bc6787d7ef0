"""Look: how every page appears, and the one place where a form becomes an act.

A page is a *frame* (whose commune, who am I acting as) around five parts in one order: where I am, the
answer, the next thing to do, the facts, where this comes from. ``parts`` holds the pieces a page is put
together from, ``page`` puts them in order, ``words`` writes days, hours, numbers and shares as people
say them, ``reading`` reads them back. ``forms`` draws the form of any act and decodes what was typed,
``act_page`` takes an act from its form through the door, ``spreadsheet`` writes tables to take away.
One stylesheet (``static/look/comuna.css``), no script; ``/look/`` shows everything at once. This room
keeps no tables and knows no commune.
"""
