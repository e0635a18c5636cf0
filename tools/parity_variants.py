#!/usr/bin/env python3
"""Trains small pipelines of other shapes than en_core_web_sm, for `parity.py`.

    parity_variants.py OUT_FOLDER

Word vectors, other widths, depths, windows and pieces, a morphologizer, a senter before the parser,
networks that are shared and not, `use_upper = false`, lookup lemmas. They learn nothing useful: what
counts is that the engine answers as spaCy does.
"""
import os
import random
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


def vectors(nlp):
    generator = numpy.random.default_rng(0)
    for word in list(TAGS) + ["said", "people", "Syria", "government"]:
        nlp.vocab.set_vector(word, generator.normal(size=30).astype("f"))


def main():
    out = sys.argv[1]
    os.makedirs(out, exist_ok=True)
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": 40, "upstream": "*"}

    nlp = spacy.blank("en")
    vectors(nlp)
    nlp.add_pipe("tok2vec", config={"model": tok2vec(40, 3, 2, 2, ["LOWER", "PREFIX", "SHAPE", "IS_SPACE"], True)})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}})
    nlp.add_pipe("morphologizer", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}})
    nlp.add_pipe("parser", config={"min_action_freq": 1, "model": scorer("parser", shared, 48, 3, True)})
    nlp.add_pipe("ner", config={"model": scorer("ner", tok2vec(24, 2, 1, 3, ["ORTH", "SUFFIX"], False), 20, 1, True)})
    train(nlp, out + "/vectors")

    nlp = spacy.blank("en")
    small = tok2vec(33, 1, 1, 3, ["NORM", "SUFFIX", "SPACY"], False)
    nlp.add_pipe("senter", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": small}})
    nlp.add_pipe("parser", config={"min_action_freq": 1, "model": scorer("parser", small, 17, 2, True, extra=True)})
    nlp.add_pipe("ner", config={"model": scorer("ner", small, 16, 2, False)})
    train(nlp, out + "/senter")


if __name__ == "__main__":
    main()
