"""How one-time codes are written, so that they can be read off a screen or paper and typed by anybody."""

import re

ALPHABET = "34679ACDEFGHJKMNPQRTVWXY"
"""What a code is written with: no two of these are mistaken for each other, on a screen or on paper."""

LENGTH = 12
GROUP = 4


ONE_GROUP = f"[{ALPHABET}]{{{GROUP}}}"
DASH = r"[-\u2010-\u2015\u2212]"
"""What stands between groups; phones write longer ones than we do."""

IN_GROUPS = rf"(?<!\w)(?:(?i:{ONE_GROUP}{DASH}{ONE_GROUP}{DASH}{ONE_GROUP})|{ONE_GROUP} {ONE_GROUP} {ONE_GROUP})(?!\w)"
ALONE = rf"(?:(?i:(?:{ONE_GROUP}(?:{DASH}|\s)*){{3}})|(?:[{ALPHABET}](?:{DASH}|\s)*){{{LENGTH}}})\Z"
TYPED = re.compile(
    rf"(?:\s*(?i:/start)(?:@\w+)?\s+|\s*(?:(?i:/?start)(?:@\w+)?\s*:?\s*)?(?={ALONE})|[\s\S]*?(?={IN_GROUPS}))"
    r"(?P<code>\S(?:[\s\S]*\S)?)"
)
"""Where a one-time code stands in what is typed: such lines are never written as they are.

All that follows the command is the code, since people retype it in groups and on two lines. Twelve characters that
stand alone are one, with whatever dashes, or none, and without the command: people forget it. Written as we write it,
it is one wherever it stands: people paste the whole message that it came in.
"""


def grouped(code: str) -> str:
    """Write a code as people read it: ACDE-FGHJ-KMNP."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def clean(written: str) -> str:
    """Return the code that somebody wrote, with or without groups, in capitals or not."""
    return "".join(character for character in written.upper() if character.isalnum())
