"""Where the registers disagree, and who settles it."""
