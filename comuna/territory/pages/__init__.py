"""The pages of the territory: who lives here (for those who may know), the places, and the census import."""
