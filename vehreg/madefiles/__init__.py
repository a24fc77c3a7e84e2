"""Files of any size that a worker makes for one user: kept for a day, fetched by that user alone."""
