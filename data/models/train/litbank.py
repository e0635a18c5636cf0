"""LitBank: nested entities of fiction, common nouns among them, and event triggers."""
import glob

import gazetteer
from conventions import PRONOUNS, TITLES, bio, low, named, nationalities, sentence
from files import columns
from labels import MENTIONS, Document

LITBANK = {"PER": "Person", "ORG": "Organization", "FAC": "Facility|Place", "LOC": "Place|Region",
           "GPE": "City|Region|Country", "VEH": "Other"}
LITBANK_NOMINAL = {"PER": "Person", "ORG": "Group", "FAC": "Facility", "LOC": "Place", "GPE": "Place"}
ENDS_PHRASE = set("of in who whom which that , with at from to on for and whose or as ; where by".split())


def litbank(root):
    for path in sorted(glob.glob(f"{root}/litbank/entities/tsv/*.tsv")):
        triggers = [[t for t, g in rows] and rows for rows in columns(path.replace("entities", "events"))]
        found, rows = [], []
        with open(path, encoding="utf-8") as f:
            for line in list(f) + [""]:
                cells = line.rstrip("\n").split("\t")
                if cells[0].strip():
                    rows.append(cells)
                elif rows:
                    at = len(found)
                    same = at < len(triggers) and [t for t, _ in triggers[at]] == [r[0] for r in rows]
                    found.append(litbank_sentence(rows, [g for _, g in triggers[at]] if same else None))
                    rows = []
        yield Document("litbank", found)


def litbank_sentence(rows, triggers):
    tokens, mentions = [r[0] for r in rows], []
    for column in range(1, 5):
        mentions += bio([r[column] if len(r) > column else "O" for r in rows])
    spans, nominal, used, covered = [], [], set(), set()
    for i, j, kind in sorted(mentions, key=lambda m: (m[0] - m[1], m)):
        covered |= set(range(i, j))
        name = named(tokens, i, j, LITBANK[kind])
        if name is None or j == i + 1 and tokens[i] in ("Here", "There"):
            if kind in LITBANK_NOMINAL and low(tokens[i]) not in PRONOUNS | {"him", "himself", "herself", "myself", "themselves"} or j > i + 1:
                head = next((n for n in range(i, j) if tokens[n].lower() in ENDS_PHRASE and n > i), j) - 1
                if kind in LITBANK_NOMINAL and tokens[head][:1].islower():
                    nominal.append((head, head + 1, MENTIONS.index(LITBANK_NOMINAL[kind])))
            continue
        a, b = name
        if not used & set(range(a, b)):
            used |= set(range(a, b))
            types = LITBANK[kind]
            spans.append((a, b, gazetteer.kinds(" ".join(tokens[a:b])) or types if kind == "GPE" else types))
    unsure = [(n, n + 1) for n in sorted(covered - used) if tokens[n][:1].isupper() and low(tokens[n]) not in TITLES | PRONOUNS]
    spans += nationalities(tokens, spans)
    events = None if triggers is None else [(i, i + 1, 1) for i, g in enumerate(triggers) if g != "O"]
    return sentence(tokens, spans, unsure, outside="NamedEvent|Other", mentions=nominal, events=events)
