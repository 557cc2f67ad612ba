"""Who is fetched when: the officer's day and the duty leader's hours."""
