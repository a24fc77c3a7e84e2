"""Rules that an entry of a register must keep by itself, and the cases of those that do not."""
