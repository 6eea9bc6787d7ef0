"""Pages of elections and recalls."""
