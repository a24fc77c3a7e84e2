"""Declarations from programs and forms: understood as rows of a file are, stored before they are answered."""
