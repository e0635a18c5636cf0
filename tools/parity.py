#!/usr/bin/env python3
"""Compares the language engine with spaCy, token by token.

    parity.py texts --data ../shared/bench --out texts.jsonl        one JSON string per line
    parity.py spacy --model NAME --texts texts.jsonl --out ref.jsonl
    parity.py golden --model NAME --texts sentences.txt --out golden.jsonl   one text per line
    parity.py compare --ours ours.jsonl --reference ref.jsonl

`ours.jsonl` and `ref.jsonl` hold one object per text: start, end (bytes), tag, pos, morph, lemma,
head, dep, sent (booleans) and ents ([first, last + 1, label]). Needs spaCy 3.8 for `spacy` only.
Before timing anything: unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE; export OPENBLAS_NUM_THREADS=1.
"""
import argparse
import collections
import glob
import json
import os
import sys
import time


def json_lines(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def tsv_sentences(path):
    """The sentences of a two-column file, twenty to a text, joined by spaces."""
    words, texts, count = [], [], 0
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            word = line.split("\t")[0].strip()
            if word:
                words.append(word)
            elif words:
                count += 1
                if count % 20 == 0:
                    texts.append(" ".join(words))
                    words = []
    return texts + [" ".join(words)] * bool(words)


def texts(data):
    for name in ("muc4/dev.json", "muc4/train.json"):
        for row in json_lines(os.path.join(data, name)):
            yield row["doctext"]
    for path in sorted(glob.glob(os.path.join(data, "re3d/*/documents.jsonl"))):
        for row in json_lines(path):
            yield row["text"]
    for path in sorted(glob.glob(os.path.join(data, "worldwide/*.tsv"))):
        yield from tsv_sentences(path)
    with open(os.path.join(data, "uner_ewt/en_ewt-ud-dev.iob2"), encoding="utf-8") as lines:
        sentences = [line[9:].strip() for line in lines if line.startswith("# text = ")]
    for at in range(0, len(sentences), 20):
        yield "\n".join(sentences[at:at + 20])
    for row in json_lines(os.path.join(data, "wikievents/dev.jsonl")):
        yield row.get("text") or " ".join(row["tokens"])
    for row in json_lines(os.path.join(data, "rams/dev.jsonlines")):
        yield " ".join(word for sentence in row["sentences"] for word in sentence)


def analysed(doc):
    offsets, at = [], 0
    for character in doc.text:
        offsets.append(at)
        at += len(character.encode("utf-8", "surrogatepass"))
    offsets.append(at)
    return {
        "start": [offsets[t.idx] for t in doc],
        "end": [offsets[t.idx + len(t.text)] for t in doc],
        "tag": [t.tag_ for t in doc],
        "pos": [t.pos_ for t in doc],
        "morph": [str(t.morph) for t in doc],
        "lemma": [t.lemma_ for t in doc],
        "head": [t.head.i for t in doc],
        "dep": [t.dep_ for t in doc],
        "sent": [bool(t.is_sent_start) for t in doc],
        "ents": [[e.start, e.end, e.label_] for e in doc.ents],
    }


def compare(ours, reference, shown):
    counts, examples = collections.Counter(), collections.defaultdict(list)
    for number, (mine, theirs) in enumerate(zip(json_lines(ours), json_lines(reference), strict=True)):
        counts["texts"] += 1
        counts["tokens"] += len(theirs["start"])
        pairs = set(zip(mine["start"], mine["end"])) ^ set(zip(theirs["start"], theirs["end"]))
        if pairs or mine["start"] != theirs["start"]:
            counts["token"] += max(1, len(pairs))
            examples["token"].append((number, sorted(pairs)[:4]))
            continue
        for layer in ("tag", "pos", "morph", "lemma", "head", "dep", "sent"):
            for at, (a, b) in enumerate(zip(mine[layer], theirs[layer])):
                if a != b:
                    counts[layer] += 1
                    examples[layer].append((number, at, mine["start"][at], a, b))
        a, b = ({tuple(e) for e in side["ents"]} for side in (mine, theirs))
        counts["entities"] += len(b)
        counts["entity"] += len(a ^ b)
        examples["entity"] += [(number, e, "ours" if e in a else "spaCy") for e in sorted(a ^ b)]
    print(f"{counts['texts']} texts, {counts['tokens']} tokens, {counts['entities']} entities")
    for layer in ("token", "tag", "pos", "morph", "lemma", "head", "dep", "sent", "entity"):
        print(f"{layer:8} {counts[layer]:7} differ")
        for example in examples[layer][:shown]:
            print("        ", *example)
    return sum(counts[k] for k in ("token", "tag", "head", "dep", "lemma", "sent", "entity"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, options in (("texts", ("data", "out")), ("spacy", ("model", "texts", "out")),
                          ("golden", ("model", "texts", "out")), ("compare", ("ours", "reference"))):
        command = commands.add_parser(name)
        for option in options:
            command.add_argument("--" + option, required=True)
        if name == "compare":
            command.add_argument("--shown", type=int, default=5)
            command.add_argument("--allow", type=int, default=0, help="differences that still exit 0")
    arguments = parser.parse_args()
    if arguments.command == "texts":
        with open(arguments.out, "w", encoding="utf-8") as out:
            for text in texts(arguments.data):
                out.write(json.dumps(text, ensure_ascii=False) + "\n")
    elif arguments.command == "spacy":
        import spacy
        nlp, rows = spacy.load(arguments.model), json_lines(arguments.texts)
        words, begun = sum(len(text.split()) for text in rows), time.perf_counter()
        with open(arguments.out, "w", encoding="utf-8") as out:
            for doc in nlp.pipe(rows, batch_size=64):
                out.write(json.dumps(analysed(doc), ensure_ascii=False) + "\n")
        print(f"spaCy: {words / (time.perf_counter() - begun):.0f} words/s with printing", file=sys.stderr)
    elif arguments.command == "golden":
        import spacy
        nlp = spacy.load(arguments.model)
        with open(arguments.texts, encoding="utf-8") as lines, open(arguments.out, "w", encoding="utf-8") as out:
            for line in lines:
                text = line.rstrip("\n")
                out.write(json.dumps({"text": text, **analysed(nlp(text))}, ensure_ascii=False) + "\n")
    elif compare(arguments.ours, arguments.reference, arguments.shown) > arguments.allow:
        sys.exit(1)


if __name__ == "__main__":
    main()
