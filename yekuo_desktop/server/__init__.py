"""The centre: takes the entries of stations, orders them, rules on them, gives every station what is its own.

``README.md`` says how to run it; the protocol is specified in ``yekuo_desktop/protocol/README.md``.
"""
