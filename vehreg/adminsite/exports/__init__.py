"""Exports of any size: ordered on a page, written by a worker, fetched by the one who ordered."""
