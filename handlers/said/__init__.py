"""What more than one room says: of members of lists, by who reads it, as whole tables; and of a thing, by its noun."""
