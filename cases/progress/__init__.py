"""How far the work is: counters, what they were on past days, and when it will be done at this pace."""
