"""Between the chat networks and the rows: taking updates in, giving each its turn, making chats look like the rows."""
