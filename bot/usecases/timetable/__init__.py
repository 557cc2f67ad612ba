"""What is done to the timetable: sessions, and the times that slips are given in them."""
