"""One spider per kind of source, never one per outlet."""
