"""The hub's timetable: slots, the times that are booked in them, and how sessions are put together."""
