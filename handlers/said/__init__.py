"""What is said of each member of a list, as whole tables: one module for each who reads them, as they are proven."""
