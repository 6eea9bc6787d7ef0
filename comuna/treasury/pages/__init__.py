"""The pages of money and goods."""
