"""What the first page, the books and the settings promise."""
