"""The hub's timetable: the week, and its sessions."""
