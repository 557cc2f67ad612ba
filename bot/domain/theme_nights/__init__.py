"""Theme nights: how they are planned, who comes, and what is counted of them."""
