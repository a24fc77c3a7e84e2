"""A matching run: registers in, verdicts kept, cases opened and withdrawn."""
