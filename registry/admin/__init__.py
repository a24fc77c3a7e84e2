"""The registers as pages."""

from registry.admin import delivery, licence, menu, owner, paper_file, person, vehicle, violation

__all__ = ["delivery", "licence", "menu", "owner", "paper_file", "person", "vehicle", "violation"]
