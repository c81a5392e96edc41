"""Statistics: how many, how fast, in time or not, and the cases behind every figure."""
