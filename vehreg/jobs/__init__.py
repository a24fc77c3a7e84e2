"""Long work: a Job row with progress, cut into chunks that a worker may lose. Celery is only the bell."""
