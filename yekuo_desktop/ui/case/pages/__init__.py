"""The pages about one case that every stage tab shows alike."""
