"""The admin site, its navigation, BaseAdmin, paginator and search."""
