"""How values, numbers and tables are put into words and columns; below everything that prints."""
