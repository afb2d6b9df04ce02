"""What makes, serves, measures and prints the book; each command runs as `python -m tools.NAME`."""
