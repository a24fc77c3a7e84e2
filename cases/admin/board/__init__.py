"""The front page, part by part: what each shows of the figures, in words and addresses."""
