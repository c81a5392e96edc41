"""工作台: the first tab."""
