"""What hangs on walls: posters, the board, and what a poster lacks in a language."""
