"""What may happen to the territory and its people."""
