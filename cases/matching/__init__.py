"""The pure matching engine: parties and population in, verdicts out. No Django here."""
