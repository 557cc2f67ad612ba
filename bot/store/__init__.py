"""SQL, and rows made into domain values; the only package that knows tables."""
