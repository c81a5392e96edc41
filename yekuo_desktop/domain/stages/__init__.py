"""The stages of a case. No stage module knows another; each holds fields, acts and papers."""
