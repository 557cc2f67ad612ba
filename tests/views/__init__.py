"""Whatever is changed, every view that says something else by now is about what was touched."""
