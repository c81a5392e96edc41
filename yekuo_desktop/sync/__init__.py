"""The station's side of the synchronisation: collect, exchange, apply. See protocol/README.md."""
