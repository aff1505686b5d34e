"""Get the news in, and record exactly what was and was not seen."""
