"""What is printed or downloaded: pure functions from whole sentences and plain values to the bytes of a file."""
