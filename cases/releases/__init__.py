"""Releasing in bulk with a safety net: classes, lots, acceptance samples, release and take back."""
