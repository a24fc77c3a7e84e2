"""How good matching is: blind clerical review of random samples, and the figures that follow from it."""
