"""Confirmation by the ward: an officer has looked at what was declared, one by one or by a sample."""
