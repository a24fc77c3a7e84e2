"""Who has not declared: lists to walk by, notices to hand over, templates for organisations."""
