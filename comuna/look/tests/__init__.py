"""What look promises."""
