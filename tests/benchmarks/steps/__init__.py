"""What is measured, step by step. Each module measures one group of figures and notes them in the record."""
