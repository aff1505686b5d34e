"""Decide which article covers which entry of the catalogue, and say why."""
