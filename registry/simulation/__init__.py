"""A synthetic city: registers that nobody real is in, and the truth about who is who in them.

Shares no code or table with what it is used to test (``registry.identity``, ``cases.matching``).
"""
