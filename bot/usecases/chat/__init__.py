"""What is done about chats themselves: what stands in them, what they are owed, and tasks over several pages."""
