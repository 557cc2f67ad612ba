"""What is done about people in prison: arrivals, contact officers, and PINs that are forgotten."""
