"""Speaks: a sentence and its language in, a WAV out; by a person's recording, or by a program of its own."""
