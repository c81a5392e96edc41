"""The use cases: one act of a person is one function and one commit."""
