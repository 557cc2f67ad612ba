"""How one-time codes are written, so that they can be read off a screen or paper and typed by anybody."""

ALPHABET = "34679ACDEFGHJKMNPQRTVWXY"
"""What a code is written with: no two of these are mistaken for each other, on a screen or on paper."""

LENGTH = 12
GROUP = 4


def grouped(code: str) -> str:
    """Write a code as people read it: ACDE-FGHJ-KMNP."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def clean(written: str) -> str:
    """Return the code that somebody wrote, with or without groups, in capitals or not."""
    return "".join(character for character in written.upper() if character.isalnum())
