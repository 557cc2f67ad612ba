"""One slip from wish to end: drafts, cards, times, offers, owners, replies, promises, and what others write."""
