"""``make pictures``: write what the pages and the docs have of bot/hubfile/pictures.py anew."""

from tests.hubfile.pictures.drawing import ROOT, written

if __name__ == "__main__":
    for path, text in written().items():
        (ROOT / path).write_text(text, "utf-8")
        print(path)
