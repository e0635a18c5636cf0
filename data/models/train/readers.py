"""The licence-clean sets as `Document`s, their conventions mapped to one; what is held out is left out."""
import os

import gazetteer
from conventions import bio, nationalities, place_type, sentence
from files import columns
from holdout import held_out, key_of_words
from labels import ANYWHERE, Document
from litbank import litbank
from treebanks import ewt, gum

CROSSNER = {"country": "Country|Region", "location": ANYWHERE, "election": "NamedEvent", "event": "NamedEvent",
            "misc": "Nationality|NamedEvent|Other", "organisation": "Organization", "politicalparty": "Organization",
            "person": "Person", "politician": "Person"}
BTC = {"PER": "Person", "ORG": "Organization", "LOC": ANYWHERE}
WNUT = {"person": "Person", "location": ANYWHERE, "corporation": "Organization", "group": "Organization",
        "creative-work": "Other", "product": "Other"}


def tagged(sentences, source, mapping, outside):
    for rows in sentences:
        tokens, tags = [t for t, _ in rows], [g for _, g in rows]
        if held_out(source, key_of_words(tokens)):
            continue
        spans = []
        for i, j, k in bio(tags):
            k = mapping.get(k)
            if k is None:
                continue
            if k.startswith("Nationality"):
                k = "Nationality" if j == i + 1 and tokens[i] in gazetteer.demonyms() else k
            elif tokens[i].lower() == "the" and j > i + 1:
                i += 1
            spans.append((i, j, place_type(k, tokens[i:j])))
        spans += nationalities(tokens, spans)
        yield Document(source, [sentence(tokens, spans, outside=outside)])


def crossner(root):
    for part in ("train", "dev", "test"):
        yield from tagged(columns(f"{root}/crossner/ner_data/politics/{part}.txt"), "crossner", CROSSNER, "")


def wnut(root):
    yield from tagged(columns(f"{root}/wnut17/data/WNUT17/CONLL-format/data/train/wnut17train.conll"), "wnut", WNUT,
                      "NamedEvent")


def btc(root):
    for part in "abefgh":
        kept = [s for s in columns(f"{root}/btc/{part}.conll") if not any(t[0] == "@" or t == "RT" for t, _ in s)]
        yield from tagged(kept, "btc", BTC, "NamedEvent|Other")


READERS = {"crossner": crossner, "gum": gum, "wnut": wnut, "btc": btc, "litbank": litbank, "ewt": ewt}


def unpack(archives, root):
    """The archives of the sets, unpacked once."""
    import glob
    import tarfile
    for path in sorted(glob.glob(os.path.join(archives, "*.tar.gz"))):
        mark = os.path.join(root, "." + os.path.basename(path))
        if not os.path.exists(mark):
            os.makedirs(root, exist_ok=True)
            with tarfile.open(path) as t:
                t.extractall(root, filter="data")
            open(mark, "w").close()
    return root


def everything(root, names=tuple(READERS)):
    return [d for name in names for d in READERS[name](root)]


if __name__ == "__main__":
    import collections
    import random
    import sys
    counts, examples = collections.Counter(), collections.defaultdict(list)
    for d in everything(sys.argv[1]):
        for s in d.sentences:
            counts[d.source] += len(s.text.split())
            for a, b, k in s.spans:
                examples[d.source, k].append(s.text[a:b])
    print(dict(counts))
    random.seed(1)
    for key in sorted(examples):
        print(*key, len(examples[key]), random.sample(examples[key], min(14, len(examples[key]))))
