"""The part of the Bot API that the house network speaks, inside and over HTTP."""
