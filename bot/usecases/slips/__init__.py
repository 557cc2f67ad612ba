"""What is done to slips, by their inmates, by advisers, and on behalf of somebody."""
