"""A file from an authority: read, staged, validated, applied, undone."""
