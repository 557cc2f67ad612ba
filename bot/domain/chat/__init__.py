"""What chats show, keep and are owed, and what somebody of the staff is in the middle of there."""
