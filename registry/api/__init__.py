"""The registers for other programs: read-only, in the user's units, numbers half hidden."""
