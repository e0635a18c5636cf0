#!/usr/bin/env python3
"""Trains small pipelines of other shapes than en_core_web_sm, and compares them with the engine.

    parity_variants.py BINARY OUT_FOLDER TEXTS.jsonl

BINARY is the example `language_engine`. Word vectors of the size of the larger English pipelines, other
widths, depths, windows and pieces, a morphologizer, a senter before the parser, networks that are shared
and not, `use_upper = false`, and the tokenizers of the languages that have spaCy's rules. They learn
nothing useful: what counts is that the engine answers as spaCy does, or says what it cannot run.
"""
import importlib
import json
import os
import random
import subprocess
import sys

import numpy
import spacy
from spacy.tokens import Doc
from spacy.training import Example

TAGS = {"the": "DT", "man": "NN", "guards": "NNS", "took": "VBD", "Aleppo": "NNP", "in": "IN", "was": "VBD", ".": "."}


def embed(width, attrs, vectors):
    return {"@architectures": "spacy.MultiHashEmbed.v2", "width": width, "attrs": attrs,
            "rows": [300 + 50 * i for i in range(len(attrs))], "include_static_vectors": vectors}


def tok2vec(width, depth, window, pieces, attrs, vectors):
    encode = {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": width, "depth": depth,
              "window_size": window, "maxout_pieces": pieces}
    return {"@architectures": "spacy.Tok2Vec.v2", "embed": embed(width, attrs, vectors), "encode": encode}


def scorer(kind, network, hidden, pieces, upper, extra=False):
    return {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": kind, "extra_state_tokens": extra,
            "hidden_width": hidden, "maxout_pieces": pieces, "use_upper": upper, "tok2vec": network}


def examples(nlp, count):
    generator = random.Random(1)
    for _ in range(count):
        words = [generator.choice(list(TAGS)[:-1]) for _ in range(generator.randint(3, 9))] + ["."]
        heads = [generator.choice((0, i - 1)) if i else 0 for i in range(len(words))]
        doc = Doc(nlp.vocab, words=words, tags=[TAGS[w] for w in words], heads=heads,
                  pos=["NOUN" if TAGS[w].startswith("N") else "VERB" for w in words],
                  morphs=["Number=Sing" if w == "man" else "Tense=Past" if w == "took" else "" for w in words],
                  deps=["ROOT" if i == 0 else generator.choice(["nsubj", "dobj", "prep"]) for i in range(len(words))],
                  ents=["B-GPE" if w == "Aleppo" else "O" for w in words])
        yield Example(nlp.make_doc(doc.text), doc)


def train(nlp, out):
    data = list(examples(nlp, 60))
    numpy.random.seed(0)
    nlp.initialize(lambda: data)
    for _ in range(6):
        nlp.update(data)
    nlp.to_disk(out)


def vectors(nlp, width, words):
    generator = numpy.random.default_rng(0)
    for word in list(TAGS) + words:
        nlp.vocab.set_vector(word, generator.normal(size=width).astype("f"))


def pipelines():
    """(name, language, pipeline): each has its own tagger, parser and recogniser."""
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": 40, "upstream": "*"}
    words = ["said", "people", "Syria", "government"]

    nlp = spacy.blank("en")
    vectors(nlp, 30, words)
    nlp.add_pipe("tok2vec", config={"model": tok2vec(40, 3, 2, 2, ["LOWER", "PREFIX", "SHAPE", "IS_SPACE"], True)})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}})
    nlp.add_pipe("morphologizer", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}})
    nlp.add_pipe("parser", config={"min_action_freq": 1, "model": scorer("parser", shared, 48, 3, True)})
    nlp.add_pipe("ner", config={"model": scorer("ner", tok2vec(24, 2, 1, 3, ["ORTH", "SUFFIX"], False), 20, 1, True)})
    yield "vectors", "en", nlp

    nlp = spacy.blank("en")
    small = tok2vec(33, 1, 1, 3, ["NORM", "SUFFIX", "SPACY"], False)
    nlp.add_pipe("senter", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": small}})
    nlp.add_pipe("parser", config={"min_action_freq": 1, "model": scorer("parser", small, 17, 2, True, extra=True)})
    nlp.add_pipe("ner", config={"model": scorer("ner", small, 16, 2, False)})
    yield "senter", "en", nlp

    # The shape of en_core_web_md and lg: 300 numbers a word, in the shared network and in the recogniser's.
    attributes = ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"]
    nlp = spacy.blank("en")
    vectors(nlp, 300, [f"word{number}" for number in range(500)] + words)
    nlp.add_pipe("tok2vec", config={"model": tok2vec(96, 4, 1, 3, attributes, True)})
    shared = {**shared, "width": 96}
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}})
    nlp.add_pipe("parser", config={"min_action_freq": 1, "model": scorer("parser", shared, 64, 2, True)})
    own = tok2vec(96, 4, 1, 3, attributes[:4], True)
    nlp.add_pipe("ner", config={"model": scorer("ner", own, 64, 2, True)})
    yield "large", "en", nlp

    for language in LANGUAGES:
        try:
            nlp = spacy.blank(language)
        except ImportError as error:
            print(f"{language}: spaCy itself cannot make it: {str(error).splitlines()[0]}")
            continue
        # The shape of most small pipelines of other languages.
        nlp.add_pipe("tok2vec", config={"model": tok2vec(40, 4, 1, 3, attributes, False)})
        small = {**shared, "width": 40}
        nlp.add_pipe("morphologizer", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": small}})
        nlp.add_pipe("parser", config={"min_action_freq": 1, "model": scorer("parser", small, 32, 2, True)})
        nlp.add_pipe("ner", config={"model": scorer("ner", tok2vec(40, 4, 1, 3, attributes[:4], False), 32, 2, True)})
        yield language, language, nlp


LANGUAGES = ("ar bg ca cs da de el es et fa fi fr he hi hr hu id is it ja lt lv mk nb nl pl pt ro ru sk sl sq sr sv "
             "ta te th tr uk ur vi zh").split()


def main():
    binary, out, texts = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    worst = 0
    for name, language, nlp in pipelines():
        folder, rows = os.path.join(out, name), texts
        train(nlp, folder)
        if language != "en":
            # The language's own sentences, in one text and one by one.
            try:
                sentences = importlib.import_module(f"spacy.lang.{language}.examples").sentences
            except ImportError:
                print(f"{language}: spaCy has no sentences of it")
                continue
            rows = folder + ".jsonl"
            with open(rows, "w", encoding="utf-8") as lines:
                for text in [*sentences, " ".join(sentences), "\n".join(sentences)]:
                    lines.write(json.dumps(text) + "\n")
        here = os.path.dirname(os.path.abspath(__file__))
        run = subprocess.run([sys.executable, here + "/parity.py", "compare", "--engine", binary, "--model", folder,
                              "--texts", rows], capture_output=True, text=True)
        refused = [line for line in run.stderr.splitlines() if line.startswith("error: ")]
        print(name, run.stdout.strip() or "".join(refused) or run.stderr, flush=True)
        # A pipeline that is refused by name is answered.
        worst = max(worst, 0 if refused else run.returncode)
    sys.exit(worst)


if __name__ == "__main__":
    main()
