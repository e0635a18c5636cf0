#!/usr/bin/env python3
"""Makes common.txt: ordinary English words, so that a capital at the head of a sentence is no name.

Usage: derive_common.py FOLDER… > common.txt

Sources: GUM (the genres whose texts are CC BY) and the training part of the English Web Treebank
(CC BY-SA 4.0), both as CoNLL-U files, and LitBank (CC BY 4.0; the first column of its entity
annotation). By counting alone: a word counts as ordinary if it stands in lower case at least twice and
in at least 85 of 100 places inside a sentence. No text of theirs is kept.
The English words of ../gazetteer/stopwords.tsv, written for this project, are added; given names of
that table are left out. Same input, same bytes.
"""
import collections
import glob
import os
import sys


def sentences_of_conllu(path):
    words = []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            if words:
                yield words
            words = []
        elif line[0].isdigit():
            cells = line.split("\t")
            if cells[0].isdigit():
                words.append(cells[1])
    if words:
        yield words


def sentences_of_columns(path):
    words = []
    for line in open(path, encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if cells[0]:
            words.append(cells[0])
        elif words:
            yield words
            words = []
    if words:
        yield words


def reader_of(path):
    """What reads the sentences of a file."""
    return sentences_of_conllu if path.endswith(".conllu") else sentences_of_columns


def words_of(folders):
    """Each word of the files in `folders` that tells something by its case, and whether it stands in lower case."""
    files = []
    for folder in folders:
        files += sorted(glob.glob(os.path.join(folder, "**", "*.conllu"), recursive=True))
        files += sorted(glob.glob(os.path.join(folder, "**", "entities", "tsv", "*.tsv"), recursive=True))
    if not files:
        sys.exit("no *.conllu and no entities/tsv/*.tsv in these folders")
    for path in files:
        for words in reader_of(path)(path):
            for place, word in enumerate(words):
                if not word.isalpha() or not word.isascii() or len(word) < 2:
                    continue
                if word.islower():
                    yield word, True
                elif place > 0 and words[place - 1] not in ".!?:;\"“”‘’''``":
                    yield word, False


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    lower, capital = collections.Counter(), collections.Counter()
    for word, small in words_of(sys.argv[1:]):
        (lower if small else capital)[word.lower()] += 1
    here = os.path.dirname(os.path.abspath(__file__))
    ours, names = set(), set()
    for line in open(os.path.join(here, "..", "gazetteer", "stopwords.tsv"), encoding="utf-8"):
        word, kind = line.rstrip("\n").split("\t")[:2]
        if kind == "english" and word.isascii() and word.isalpha():
            ours.add(word)
        elif kind == "given_name":
            names.add(word)
    common = {w for w, n in lower.items() if n >= 2 and n >= 0.85 * (n + capital[w])}
    print("# Ordinary English words, in lower case, one per line. A capital on one of them at the head of a")
    print("# sentence, or as the last word of a heading, does not make it a name.")
    print("# Made by derive_common.py, which says from what.")
    for word in sorted((common | ours) - names):
        print(word)


if __name__ == "__main__":
    main()
