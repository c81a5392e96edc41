"""One desk for each group of dialogs: what the menus open, and how the window hears of it."""
