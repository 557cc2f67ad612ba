"""Invented names for people in prison: trees, birds and landscape, never anybody's own name."""

from collections.abc import Collection, Iterator
from itertools import count, islice

SHOWN = 4
NAMES = (
    *("Furu", "Gran", "Bjørk", "Rogn", "Selje", "Osp", "Lønn", "Eik", "Ask", "Alm", "Hegg", "Lind", "Einer", "Hassel"),
    *("Barlind", "Pil", "Tindved", "Hyll", "Or", "Bøk", "Kristtorn", "Slåpetorn", "Villapal", "Lerk", "Edelgran"),
    *(
        "Lyng",
        "Mose",
        "Siv",
        "Bregne",
        "Kløver",
        "Tiriltunge",
        "Blåbær",
        "Multe",
        "Krekling",
        "Starr",
        "Rapp",
        "Takrør",
    ),
    *("Sund", "Strand", "Holme", "Vik", "Fjell", "Dal", "Elv", "Foss", "Tind", "Skar", "Øy", "Myr", "Nes", "Odde"),
    *("Skjær", "Bre", "Li", "Vidde", "Tjern", "Bekk", "Kulp", "Stryk", "Haug", "Ås", "Heia", "Botn", "Tange", "Grunne"),
    *("Erle", "Svale", "Lerke", "Terne", "Rype", "Havelle", "Spurv", "Meis", "Sanger", "Trost", "Linerle", "Gjøk"),
    *(
        "Lunde",
        "Alke",
        "Teist",
        "Skarv",
        "Måke",
        "Havsule",
        "Tjeld",
        "Vipe",
        "Spove",
        "Snipe",
        "Lo",
        "Brushane",
        "Hegre",
    ),
    *("Trane", "Storlom", "Sangsvane", "Stokkand", "Krikkand", "Kvinand", "Orrfugl", "Tiur", "Hakkespett", "Kornkråke"),
    *("Kaie", "Nøtteskrike", "Stær", "Bokfink", "Grønnfink", "Sisik", "Dompap", "Kjernebiter", "Gulspurv", "Sivspurv"),
)


def free(taken: Collection[str], page: int = 0) -> list[str]:
    """Return some names that nobody has, another few on each page; when all are used, they begin anew with a 2."""
    return list(islice(_unused(taken), page * SHOWN, page * SHOWN + SHOWN))


def _unused(taken: Collection[str]) -> Iterator[str]:
    for turn in count(1):
        for name in NAMES:
            called = name if turn == 1 else f"{name} {turn}"
            if called not in taken:
                yield called
