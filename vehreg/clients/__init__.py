"""Other systems that talk to this one: who they are, what they may do, how much of it in a minute."""
