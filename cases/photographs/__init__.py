"""Photographs of papers: checked, drawn anew, kept privately beside their declaration."""
