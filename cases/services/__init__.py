"""What is done with cases: moves, proposals, corrections, notes; in ones and in bulk."""
