"""The long work of this application."""

from registry.deliveries import jobs, undo_job

__all__ = ["jobs", "undo_job"]
