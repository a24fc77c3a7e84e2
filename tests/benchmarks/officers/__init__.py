"""Sixty officers at work over HTTP."""
