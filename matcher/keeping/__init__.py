"""Tools for the people who keep the catalogue: statistics, tables, differences, adding an entry."""
