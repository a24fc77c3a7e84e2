"""Tells other systems what has changed: signed, and again until they have heard it."""
