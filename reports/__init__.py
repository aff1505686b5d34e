"""Say what is covered, what is not, and what cannot be known."""
