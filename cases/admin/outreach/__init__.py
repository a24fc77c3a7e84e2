"""The pages of who has not declared: thin faces on `cases.outreach`."""
