"""The catalogues say everything the code says: ``make lint`` checks it, ``make words`` sees to it.

There are three, by reader: what inmates see or hear, what the staff alone read, and what hangs on walls. A new language
at the screens costs the inmates' sentences and those on walls, and none of the staff's.
"""

import argparse
import re
import string
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from bot import languages
from bot.languages import plurals

ROOT = Path(__file__).resolve().parents[1]
SOURCE = "en"  # the code speaks this language, so its catalogue fills itself
CODE = ("bot", "handlers")
KEYWORDS = {"_": None, "words": None, "n_": (1, 2), "N_": None}
SAYS = re.compile(rf"\b(?:{'|'.join(KEYWORDS)})\(")

Hit = tuple[str, int, Any, list[str], str | None]
"""A sentence as it stands in the code: file, line, its form or forms, what translators are told, and its context."""

ON_WALLS = {"handlers/papers/poster_words.py"}  # says what hangs on walls, and nothing else
ANYWHERE = {"handlers/chat/words.py"}  # spells days and times
TO_INMATES = re.compile(
    r"handlers/(?:"
    r"chat/(?:words|foreign|heads|rows|sheets|refusals/(?:at_screens|telling))"
    r"|said/(?:closed_screens|consents|inmates|notices|roads|slip_lines|slips|theme_nights)"
    r"|screen/(?!closings\b)\w+"
    r"|slips/(?:drafts|offers|own_slip|unsent)"
    r"|theme_nights/sign_ups"
    r"|notices/(?:at_screens|suggestions)"
    r"|inmates/pin_letters"
    r")\.py"
)
"""What speaks to inmates, whoever reads it with them: every sentence in here is one more for each language."""

HEADER = "# Words of Samtalelapp. Bring up to date with: make words\n#"
PERCENT_NAME = re.compile(r"%\((\w+)\)[a-z]")


@dataclass(frozen=True)
class Domain:
    """A catalogue: its name, the languages in which nothing may be missing, and whether a file speaks from it."""

    name: str
    whole: tuple[str, ...]
    speaks: Callable[[str], bool]


INMATES = Domain(
    languages.INMATES, ("nb", SOURCE, "nn", "pl", "lt", "ro", "ar", "se"), lambda file: bool(TO_INMATES.fullmatch(file))
)
STAFF = Domain(
    languages.STAFF,
    ("nb", SOURCE, "nn"),
    lambda file: not TO_INMATES.fullmatch(file) and file not in ON_WALLS,
)
WALLS = Domain(
    languages.WALLS,
    ("nb", SOURCE, "nn", "pl", "lt", "ro", "ar", "se"),
    lambda file: file in ON_WALLS | ANYWHERE,
)
DOMAINS = (INMATES, STAFF, WALLS)
SPOKEN = Domain("screens and chats", (), lambda file: file not in ON_WALLS)
"""No catalogue, but what the inmates' and the staff's say together."""


def path_of(language: str, domain: Domain, root: Path) -> Path:
    return root / "locales" / language / "LC_MESSAGES" / f"{domain.name}.po"


def languages_of(domain: Domain, root: Path) -> list[str]:
    found = {path.parts[-3] for path in root.glob(f"locales/*/LC_MESSAGES/{domain.name}.po")}
    return sorted(found | set(domain.whole))


def extract(domain: Domain, root: Path = ROOT) -> Catalog:
    """Every sentence of a catalogue in the code, with where it stands and what its author tells the translators.

    What is said to inmates as well stands in the inmates' catalogue, and in the staff's no second time.
    """
    found = Catalog(project=domain.name, header_comment=HEADER, charset="utf-8", fuzzy=False)
    elsewhere = {forms(each.id) for each in extract(INMATES, root)} if domain is STAFF else set()
    for file, line, message, notes, context in _hits(root):
        if domain.speaks(file) and forms(message) not in elsewhere:
            found.add(message, locations=[(file, line)], auto_comments=notes, context=context)
    return found


@cache
def _hits(root: Path) -> list[Hit]:
    """Read the code once for all catalogues, and of it only the files that say something."""
    paths = sorted(path for folder in CODE for path in (root / folder).rglob("*.py"))
    return [
        (path.relative_to(root).as_posix(), line, message, notes, context)
        for path in paths
        if SAYS.search(path.read_text("utf-8"))
        for line, message, notes, context in sorted(
            extract_from_file(
                "python", path, keywords=KEYWORDS, comment_tags=["Translators:"], strip_comment_tags=True
            ),
            key=lambda hit: hit[0],
        )
    ]


def read(language: str, domain: Domain, root: Path = ROOT) -> Catalog:
    with path_of(language, domain, root).open("rb") as file:
        return read_po(file, locale=language, domain=domain.name, abort_invalid=True)


def spoken(language: str) -> list[Message]:
    """Every sentence that screens and chats say in a language, with its translation; some have the staff's alone."""
    there = [domain for domain in (INMATES, STAFF) if path_of(language, domain, ROOT).exists()]
    return [each for domain in there for each in read(language, domain) if each.id]


# ── the check ─────────────────────────────────────────────────────────────────────────────────────────────────────


def forms(text: object) -> tuple[str, ...]:
    """A message's sentences: one, or one for each plural form."""
    if isinstance(text, str):
        return (text,)
    return tuple(text) if isinstance(text, list | tuple) else ()


def translated(message: Message) -> bool:
    texts = forms(message.string)
    return bool(texts) and all(texts)


def placeholders(text: str) -> frozenset[str]:
    """The names in ``{name}`` and ``%(name)s``. Braces that do not close are a placeholder nobody can fill."""
    try:
        braces = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError as broken:
        return frozenset({f"broken: {broken}"})
    return frozenset(braces | set(PERCENT_NAME.findall(text)))


def placeholder_faults(message: Message) -> Iterator[str]:
    """A translation names what the original names; only a form for one may leave the number out."""
    originals = [placeholders(text) for text in forms(message.id)]
    everything, always = frozenset.union(*originals), frozenset.intersection(*originals)
    for number, text in enumerate(forms(message.string)):
        has = placeholders(text)
        needed = always if number == 0 else originals[-1]
        if text and not needed <= has:
            yield f"leaves out {', '.join(sorted(needed - has))}: {text!r}"
        if text and not has <= everything:
            yield f"names what the code does not give, {', '.join(sorted(has - everything))}: {text!r}"


def translation_faults(message: Message, plurals: int, whole: bool) -> Iterator[str]:
    texts = forms(message.string)
    if message.fuzzy:
        yield "is marked fuzzy; read it, then remove the mark"
    if whole and not translated(message):
        yield "is not translated"
    if message.pluralizable and len(texts) != plurals:
        yield f"needs {plurals} plural forms and has {len(texts)}"
    yield from placeholder_faults(message)


def faults(language: str, code: Catalog, domain: Domain, root: Path = ROOT) -> Iterator[str]:
    """What is wrong with one language, a line each; nothing when it is whole."""
    path = path_of(language, domain, root).relative_to(root)
    if not (root / path).exists():
        yield f"{path}: is missing; make words creates it"
        return
    if wrong := plurals.fault(language, (root / path).read_text("utf-8")):
        yield f"{path}:{wrong[0]}: {wrong[1]}"
        return
    catalogue = read(language, domain, root)
    for message in catalogue:
        if message.id:
            for fault in translation_faults(message, catalogue.num_plurals, language in domain.whole):
                yield f"{path}:{message.lineno}: {forms(message.id)[0]!r} {fault}"
    said, known = ({(m.context, forms(m.id)) for m in each if m.id} for each in (code, catalogue))
    for _, texts in sorted(said - known, key=repr):
        yield f"{path}: {texts[0]!r} is in the code and not here; run make words"
    for _, texts in sorted(known - said, key=repr):
        yield f"{path}: {texts[0]!r} is here and no longer in the code; run make words"


def check(root: Path = ROOT) -> int:
    found = []
    for domain in DOMAINS:
        code = extract(domain, root)
        found += [fault for each in languages_of(domain, root) for fault in faults(each, code, domain, root)]
        print(f"{domain.name}: {len(code)} sentences in {', '.join(languages_of(domain, root))}.")
    for fault in found:
        print(fault, file=sys.stderr)
    print(f"{len(found)} faults in the catalogues." if found else "The catalogues are whole.", flush=True)
    return 1 if found else 0


# ── bringing up to date ───────────────────────────────────────────────────────────────────────────────────────────


def created(language: str, code: Catalog, domain: Domain) -> Catalog:
    """Return a new catalogue that counts as its language does: Babel's own header is wrong for some."""
    new = Catalog(
        locale=language,
        domain=domain.name,
        project="Samtalelapp",
        version="0",
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        creation_date=code.creation_date,
        revision_date=code.creation_date,
        fuzzy=False,
    )
    new.mime_headers = [("Plural-Forms", plurals.header(language))]
    return new


def updated(language: str, domain: Domain, root: Path = ROOT) -> Catalog:
    """What is there, with what the code says now; what it no longer says is dropped (git remembers it)."""
    code, there = extract(domain, root), path_of(language, domain, root).exists()
    catalogue = read(language, domain, root) if there else created(language, code, domain)
    code.creation_date = catalogue.creation_date  # so that nothing changes where no word has
    catalogue.update(code, no_fuzzy_matching=True, update_header_comment=not there)
    if language == SOURCE:
        for message in catalogue:
            if message.id and not translated(message):
                message.string = message.id
    return catalogue


def update(root: Path = ROOT) -> int:
    for domain, language in [(one, each) for one in DOMAINS for each in languages_of(one, root)]:
        catalogue = updated(language, domain, root)
        path = path_of(language, domain, root)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=0, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
        waiting = sum(1 for message in catalogue if message.id and not translated(message))
        print(f"{path.relative_to(root)}: {len(catalogue)} sentences, {waiting} to translate")
    return 0


def main() -> int:
    reader = argparse.ArgumentParser(prog="python -m tests.catalogues", description=__doc__)
    reader.add_argument("--update", action="store_true", help="write the catalogues anew from the code")
    return update() if reader.parse_args().update else check()


if __name__ == "__main__":
    raise SystemExit(main())
