"""Which documents of the sets with full annotation of names the encoder is never trained on: one in five.

What is learned with the encoder beside other evidence (`../names/`) learns on these. A document is told by `key`: in
GUM the name of its file without folder and ending, in CrossNER and the Broad Twitter Corpus, whose sentences and
messages stand alone, its words. So every reader of a set finds the same ones, and the same text twice is on one side.
"""
import hashlib
import os

SETS = ("crossner", "gum", "btc")
ONE_IN = 5


def key_of_file(path):
    return os.path.basename(path).split(".")[0]


def key_of_words(words):
    return " ".join(" ".join(words).lower().split())


def held_out(name, key):
    """Whether the document `key` of the set `name` is held out."""
    digest = hashlib.sha256(f"{name} {key}".encode()).digest()
    return name in SETS and int.from_bytes(digest[:4], "big") % ONE_IN == 0
