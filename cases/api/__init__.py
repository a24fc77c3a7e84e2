"""Cases, declarations, corrections and matching runs for other programs: read-only, in the user's units."""
