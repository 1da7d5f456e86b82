"""The whole country at once: the linked policy as columnar expressions, over tables instead of unit by unit."""
