"""The officer's desk: what one case page shows. Reads; never writes."""
