"""One folder per stage, the same file names in each."""
