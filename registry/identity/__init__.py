"""Names, numbers, plates, dates, places and old encodings: pure functions and tables, no Django."""
