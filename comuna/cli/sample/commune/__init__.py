"""The sample commune: 24 invented councils of some 5,000 households, and three years of its life."""
