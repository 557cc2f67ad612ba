"""What keeps the hub in order: settings, the log, retention, and files that were put back."""
