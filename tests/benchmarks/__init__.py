"""`make bench`: every figure of the system beside its rival, in one run, as one table."""
