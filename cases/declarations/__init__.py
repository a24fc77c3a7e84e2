"""What people declared, held against the registers: confirmed, or a discrepancy on the entry's case."""
