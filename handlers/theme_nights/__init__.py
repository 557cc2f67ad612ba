"""Theme nights: the desk and its plans, the list and its line, the door, and what is told of them."""
