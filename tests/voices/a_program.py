"""A program that a test writes: it does what the test says, in the shell's words."""

from pathlib import Path


def a_program(folder: Path, does: str, name: str = "speaks") -> str:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{does}\n", "utf-8")
    path.chmod(0o755)
    return str(path)
