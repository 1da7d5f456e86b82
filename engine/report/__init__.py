"""What people and programs get to see: results as JSON, CSV, text and annotations. Reads, never decides."""
