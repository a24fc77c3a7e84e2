"""What stands beside our figures. Each rival is a program of its own that prints its figures as one line."""
