"""What lots of every kind have in common: a plan, what a sample of them proves, the work once it has."""
