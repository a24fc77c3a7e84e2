"""The registers as pages."""

from registry.admin import licence, menu, owner, paper_file, person, vehicle, violation

__all__ = ["licence", "menu", "owner", "paper_file", "person", "vehicle", "violation"]
