"""What the work costs on this machine, and what a country would need: `python -m tests.benchmarks.scale`."""
