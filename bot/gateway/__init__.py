"""The house network: a prison without internet has the same bot, in chats on its own machine."""
