"""The addresses of the centre. Each handler is a line or two over a function of the server package."""
