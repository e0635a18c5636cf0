"""Precision, recall and F1 of names on the benchmark sets: exact spans, articles and possessives off on both sides.

Usage: evaluate.py CHECKPOINT[,CHECKPOINT…] BENCH [SET…] [--window N] [--errors]
Several checkpoints are averaged. SET: worldwide uner_ewt conll04 re3d, checks_en and checks_ar (sentences of this
folder), or a file of lines {"text": …, "spans": [[start, end, type]…], "ignore": [[start, end]…]}; default all sets.
"""
import glob
import json
import os
import re
import sys

import conventions
import gazetteer

FOLD = {"Person": "PER", "PER": "PER", "Peop": "PER", "Organization": "ORG", "Organisation": "ORG", "ORG": "ORG", "Org": "ORG",
        "Location": "LOC", "LOC": "LOC", "Loc": "LOC", "GPE": "LOC", "Facility": "FAC", "FAC": "FAC",
        "NORP": "NAT", "Nationality": "NAT", "City": "LOC", "Region": "LOC", "Country": "LOC", "Place": "LOC"}


def columns(path, token, tag):
    found, sentence = [], []
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if line.startswith("#") and "\t" not in line or line.startswith("-DOCSTART-"):
                continue
            cells = line.split("\t") if "\t" in line else line.split()
            if len(cells) >= 2:
                sentence.append((cells[token].strip(), cells[tag].strip()))
            elif not line.strip() and sentence:
                found.append(sentence)
                sentence = []
    return found + ([sentence] if sentence else [])


def joined(sentences):
    """Text, one sentence a line, and its spans."""
    text, spans = "", []
    for rows in sentences:
        line, places = conventions.join([t for t, _ in rows])
        base = len(text) + bool(text)
        text += ("\n" if text else "") + line
        # a type that changes without a B starts a new name
        tags, previous = [], "O"
        for _, tag in rows:
            new = tag[:1] == "S" or tag[:1] in "IE" and previous[2:] != tag[2:]
            tags.append("B" + tag[1:] if new else ("I" if tag[:1] == "E" else tag[:1]) + tag[1:])
            previous = tag
        spans += [(base + places[i][0], base + places[j - 1][1], k) for i, j, k in conventions.bio(tags)]
    return text, spans


def chunks(rows, n=20):
    return [rows[i:i + n] for i in range(0, len(rows), n)]


RE3D = {"Person": "Person", "Organisation": "Organization", "Location": "Location"}
WORD = re.compile(r"(?:[A-Z]\.){2,}|\w+(?:[-'’.&]\w+)*|[^\w\s]")


def re3d(folder):
    """Names only: the gold of this set includes pronouns, common nouns and titles, which are taken off or left out by
    the rules by which the training sets are read, and peoples, which are left out."""
    for path in sorted(glob.glob(folder + "/*/documents.jsonl")):
        entities = {}
        with open(path.replace("documents", "entities"), encoding="utf-8") as f:
            for e in map(json.loads, f):
                if e.get("confidence", 0) >= .5 and e["type"] in RE3D:
                    entities.setdefault(e["documentId"], []).append((e["begin"], e["end"], RE3D[e["type"]]))
        with open(path, encoding="utf-8") as f:
            for d in map(json.loads, f):
                text, spans = d["text"], []
                places = [m.span() for m in WORD.finditer(text)]
                words = [text[a:b] for a, b in places]
                for a, b, k in entities.get(d["_id"], []):
                    inside = [n for n, (x, y) in enumerate(places) if x >= a and y <= b]
                    name = inside and conventions.named(words, inside[0], inside[-1] + 1, k)
                    if name and " ".join(words[name[0]:name[1]]) not in gazetteer.demonyms():
                        spans.append((places[name[0]][0], places[name[1] - 1][1], k))
                yield text, spans


def documents(root, name):
    """[(text, spans)] of a set."""
    d = os.path.join(root, name)
    if name == "worldwide":
        return [joined(columns(f, 0, -1)) for f in sorted(glob.glob(d + "/*.tsv"))]
    if name == "uner_ewt":
        return [joined(c) for f in sorted(glob.glob(d + "/*.iob2")) for c in chunks(columns(f, 1, 2))]
    if name == "conll04":
        path = d + "/dev.txt" if os.path.exists(d + "/dev.txt") else sorted(glob.glob(d + "/*.txt"))[0]
        return [joined(c) for c in chunks(columns(path, 1, 2))]
    if name == "re3d":
        return list(re3d(d))
    if name.startswith("checks"):
        return list(marked(os.path.join(os.path.dirname(os.path.abspath(__file__)), name + ".txt")))
    if name.endswith(".jsonl"):
        with open(name, encoding="utf-8") as f:
            return [(d["text"], d["spans"], d.get("ignore", [])) for d in map(json.loads, f)]
    raise SystemExit(f"unknown set {name}")


def marked(path):
    """Sentences with names written `[name|Type]`."""
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line.startswith("#") or not line.strip():
                continue
            text, spans, at = "", [], 0
            for m in re.finditer(r"\[([^|\]]*)\|(\w+)\]", line):
                text += line[at:m.start()]
                spans.append((len(text), len(text) + len(m.group(1)), m.group(2)))
                text, at = text + m.group(1), m.end()
            yield text + line[at:].rstrip("\n"), spans


def trim(text, a, b):
    for article in ("the ", "a ", "an "):
        if text[a:b].lower().startswith(article):
            a += len(article)
    for end in ("'s", "’s"):
        if text[a:b].endswith(end) and b - a > 2:
            b -= 2
    return a, b


def score(docs, predictions, names=("PER", "ORG", "LOC", "FAC", "NAT", "ALL")):
    """{type: (precision, recall, F1, gold)}; ALL is PER, ORG and LOC together with facilities counted as LOC."""
    totals = {k: [0, 0, 0] for k in names}
    for (text, gold, *ignored), found in zip(docs, predictions):
        found = [s for s in found if not any(s[0] < b and s[1] > a for a, b in (ignored or [[]])[0])]
        g, p = ({(*trim(text, s[0], s[1]), FOLD[s[2]]) for s in spans if s[2] in FOLD} for spans in (gold, found))
        for k in names:
            one = (lambda x: {(a, b, "LOC" if t == "FAC" else t) for a, b, t in x if t != "NAT"}) if k == "ALL" else \
                  (lambda x: {s for s in x if s[2] == k})
            a, b = one(g), one(p)
            for i, n in enumerate((len(a), len(b), len(a & b))):
                totals[k][i] += n
    return {k: (c / p if p else 0.0, c / g if g else 0.0, 2 * c / (g + p) if g + p else 0.0, g) for k, (g, p, c) in totals.items()}


def table(name, result):
    return f"{name:10}" + "  ".join(f"{k} {p:.3f}/{r:.3f}/{f:.4f} ({n})" for k, (p, r, f, n) in result.items() if n)


def load(paths, dropout=0.0):
    """(configuration, tokenizer, model) of the mean of checkpoints."""
    import torch

    import encoder
    import vocabulary
    from tagger import Tagger
    c, body, tokenizer = encoder.load(dropout=dropout, kept=vocabulary.load(os.path.join(encoder.CACHE, "data")))
    model = Tagger(body, c["hidden"])
    states = [torch.load(p, map_location="cpu") for p in paths]
    states = [s.get("average", s) if "average" in s else s for s in states]
    model.load_state_dict({k: sum(s[k].float() for s in states) / len(states) for k in states[0]}, strict=False)
    return c, tokenizer, model.eval()


def errors(docs, predictions):
    for (text, gold, *_), found in zip(docs, predictions):
        g, p = ({(*trim(text, s[0], s[1]), FOLD[s[2]]) for s in spans if s[2] in FOLD} for spans in (gold, found))
        for sign, spans in (("-", g - p), ("+", p - g)):
            for a, b, k in sorted(spans):
                print(f"  {sign} {k} {text[max(0, a - 30):a]}[{text[a:b]}]{text[b:b + 20]}".replace("\n", " "))


if __name__ == "__main__":
    import torch

    from tagger import predict
    arguments = sys.argv[1:]
    window = int(arguments.pop(arguments.index("--window") + 1)) if "--window" in arguments else 254
    arguments = [a for a in arguments if not a.startswith("--")]
    torch.set_num_threads(2)
    c, tokenizer, model = load(arguments[0].split(","))
    for name in arguments[2:] or ("worldwide", "uner_ewt", "conll04", "re3d"):
        docs = documents(arguments[1], name)
        found = predict(model, c, tokenizer, [d[0] for d in docs], window)
        print(table(os.path.basename(name), score(docs, found)), flush=True)
        if "--errors" in sys.argv:
            errors(docs, found)
