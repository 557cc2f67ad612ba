"""The catalogues say everything the code says, in nb and en: ``make lint`` checks it, ``make words`` sees to it."""

import argparse
import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
DOMAIN = "samtalelapp"
CODE = ("bot", "handlers")
KEYWORDS = {"_": None, "words": None, "n_": (1, 2), "N_": None}
SOURCE = "en"  # the code speaks this language, so its catalogue fills itself
WHOLE = ("nb", SOURCE)  # the languages in which nothing may be missing

HEADER = "# Words of Samtalelapp. Bring up to date with: make words\n#"
PERCENT_NAME = re.compile(r"%\((\w+)\)[a-z]")


def path_of(language: str, root: Path) -> Path:
    return root / "locales" / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def languages(root: Path) -> list[str]:
    found = {path.parts[-3] for path in root.glob(f"locales/*/LC_MESSAGES/{DOMAIN}.po")}
    return sorted(found | set(WHOLE))


def extract(root: Path = ROOT) -> Catalog:
    """Every sentence in the code, with where it stands and what its author tells the translators."""
    found = Catalog(project=DOMAIN, header_comment=HEADER, charset="utf-8", fuzzy=False)
    for folder in CODE:
        for name, line, message, notes, context in sorted(
            extract_from_dir(
                root / folder,
                method_map=[("**.py", "python")],
                keywords=KEYWORDS,
                comment_tags=["Translators:"],
                strip_comment_tags=True,
            ),
            key=lambda hit: hit[:2],
        ):
            found.add(message, locations=[(f"{folder}/{name}", line)], auto_comments=notes, context=context)
    return found


def read(language: str, root: Path = ROOT) -> Catalog:
    with path_of(language, root).open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN, abort_invalid=True)


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


def faults(language: str, code: Catalog, root: Path = ROOT) -> Iterator[str]:
    """What is wrong with one language, a line each; nothing when it is whole."""
    path = path_of(language, root).relative_to(root)
    if not (root / path).exists():
        yield f"{path}: is missing; make words creates it"
        return
    catalogue = read(language, root)
    for message in catalogue:
        if message.id:
            for fault in translation_faults(message, catalogue.num_plurals, language in WHOLE):
                yield f"{path}:{message.lineno}: {forms(message.id)[0]!r} {fault}"
    said, known = ({(m.context, forms(m.id)) for m in each if m.id} for each in (code, catalogue))
    for _, texts in sorted(said - known, key=repr):
        yield f"{path}: {texts[0]!r} is in the code and not here; run make words"
    for _, texts in sorted(known - said, key=repr):
        yield f"{path}: {texts[0]!r} is here and no longer in the code; run make words"


def check(root: Path = ROOT) -> int:
    code = extract(root)
    found = [fault for language in languages(root) for fault in faults(language, code, root)]
    for fault in found:
        print(fault, file=sys.stderr)
    if found:
        print(f"{len(found)} faults in the catalogues.", file=sys.stderr)
        return 1
    print(f"The catalogues are whole: {len(code)} sentences in {', '.join(languages(root))}.")
    return 0


# ── bringing up to date ───────────────────────────────────────────────────────────────────────────────────────────


def created(language: str, code: Catalog) -> Catalog:
    return Catalog(
        locale=language,
        domain=DOMAIN,
        project=DOMAIN,
        version="0",
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        creation_date=code.creation_date,
        revision_date=code.creation_date,
        fuzzy=False,
    )


def updated(language: str, root: Path = ROOT) -> Catalog:
    """What is there, with what the code says now; what it no longer says is dropped (git remembers it)."""
    code = extract(root)
    catalogue = read(language, root) if path_of(language, root).exists() else created(language, code)
    code.creation_date = catalogue.creation_date  # so that nothing changes where no word has
    catalogue.update(code, no_fuzzy_matching=True, update_header_comment=True)
    if language == SOURCE:
        for message in catalogue:
            if message.id and not translated(message):
                message.string = message.id
    return catalogue


def update(root: Path = ROOT) -> int:
    for language in languages(root):
        catalogue = updated(language, root)
        path = path_of(language, root)
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
