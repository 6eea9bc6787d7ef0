"""Whole days of work in a real browser, as large as a cheap phone and without JavaScript, against a real server."""
