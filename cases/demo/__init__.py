"""A city to look at: simulated, delivered, matched and worked over for twenty days. Nobody in it is real."""
