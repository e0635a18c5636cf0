#!/usr/bin/env python3
"""Makes lowercase.txt: English words beside those of common.txt that text in capitals gets back in lower case.

Usage: derive_lowercase.py LOOKUPS FOLDER… > lowercase.txt

LOOKUPS is `lemmatizer/lookups/lookups.bin` of the language model's wheel (../models/README.md): dictionary forms
and rules of inflection, from WordNet 3.0. The folders are those of derive_common.py. Needs `srsly`.

A word of these texts counts that stands in lower case at least as often as with a capital inside a sentence. So does,
where they never have it with a capital, any form of a verb or adjective of the dictionary, but what is called after a
country, and of its nouns those whose ending no name has, and plurals after a consonant. The nouns of nouns.toml and
words.toml count, too. Given names and names of large places are left out. No text is kept. Same input, same bytes.
"""
import collections
import os
import re
import sys
import tomllib

import srsly

from derive_common import words_of

HERE = os.path.dirname(os.path.abspath(__file__))
GAZETTEER = os.path.join(HERE, "..", "gazetteer")
# The hashes by which spaCy keeps the tables of its parts of speech.
PARTS = {12401032943472870168: "adj", 10054248821341768113: "adv", 16833663260455505849: "noun",
         6360137228241296794: "verb"}
# Endings of nouns that are hardly ever names.
ENDINGS = re.compile(
    r"(ation|ition|ution|ction|stion|ption|ssion|usion|ision|lsion|nsion|rsion|losion|ment|ness|ship|hood|ism|ity|ance|ence|ancy|ency|"
    r"cracy|graphy|logy|age|ery|ture|sure|ogue|ics|ette|cide|ency|phone|gram|meter|scope|ware|work|fire|power|"
    r"gun|proof|yard|side|back|line|room|way|time|day|down|out|off|over|boat|craft|men|women|people|ers|ors|ists|"
    r"tions|ments|ities|isms|ances|ences|ages|eries|tures|cides|ants|ents|ians|cies|guns|craft|ways|boats|lines)$")
LONGEST = 16


def tables(path):
    found = {}
    for name, table in srsly.msgpack_loads(open(path, "rb").read()).items():
        found[name] = {PARTS[key]: value for key, value in table.items() if key in PARTS}
    return found


def cells(table, *columns):
    with open(os.path.join(GAZETTEER, table), encoding="utf-8") as lines:
        header = next(lines).rstrip("\n").split("\t")
        for line in lines:
            row = dict(zip(header, line.rstrip("\n").split("\t")))
            if int(row.get("population") or 10**9) >= 50_000 or table != "cities.tsv":
                for column in columns:
                    yield from row.get(column, "").lower().split("|")


def forms(word, part):
    """The word with its regular inflections, which the rules of the dictionary take off again."""
    yield word
    if part == "noun":
        yield word + ("es" if re.search(r"(s|x|z|ch|sh)$", word) else "s") if not re.search(r"[^aeiou]y$", word) else word[:-1] + "ies"
    elif part == "verb":
        stem = word[:-1] if word.endswith("e") else word
        yield word[:-1] + "ies" if re.search(r"[^aeiou]y$", word) else word + ("es" if re.search(r"(s|x|z|ch|sh|o)$", word) else "s")
        yield word[:-1] + "ied" if re.search(r"[^aeiou]y$", word) else stem + "ed"
        yield (word if re.search(r"(ee|ye|oe)$", word) else stem) + "ing"


def own_nouns():
    """The words of one part of the tables of nouns, and their plurals."""
    for table in ("nouns.toml", "words.toml"):
        with open(os.path.join(HERE, table), "rb") as file:
            for name, part in tomllib.load(file).items():
                lists = [words for words in part.values() if isinstance(words, list)] if isinstance(part, dict) else []
                if name != "given":
                    for word in (word for words in lists for word in words if isinstance(word, str)):
                        if word.isascii() and word.isalpha() and word.islower():
                            yield from forms(word, "noun")


def is_plural(word, known):
    """Whether a noun is the plural of one that ends in a consonant, as few names do."""
    return len(word) > 6 and word.endswith("s") and word[-2] not in "aeiousy" and (word[:-1], "noun") in known


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    lower, capital = collections.Counter(), collections.Counter()
    for word, small in words_of(sys.argv[2:]):
        (lower if small else capital)[word.lower()] += 1
    lemmas = tables(sys.argv[1])
    known = set()
    for part, words in lemmas["lemma_index"].items():
        for word in words:
            if word.isascii() and word.isalpha() and 2 < len(word) <= LONGEST:
                known.update((form, part) for form in forms(word, part))
    for part, words in lemmas["lemma_exc"].items():
        known.update((word, part) for word in words if word.isascii() and word.isalpha() and len(word) > 2)
    with open(os.path.join(HERE, "nouns.toml"), "rb") as file:
        given = tomllib.load(file)["given"]
    with open(os.path.join(GAZETTEER, "stopwords.tsv"), encoding="utf-8") as lines:
        names = {line.split("\t")[0] for line in lines if line.rstrip("\n").endswith("given_name")}
    names |= set(given["male"]) | set(given["female"])
    nations = {word for word in cells("demonyms.tsv", "demonyms", "alternates")}
    nations |= {word for word in cells("countries.tsv", "name", "alternates", "demonyms")}
    places = nations | {word for word in cells("cities.tsv", "name", "alternates")} | {word for word in cells("regions.tsv", "name")}
    common = set(open(os.path.join(HERE, "common.txt"), encoding="utf-8").read().splitlines())
    ordinary = {word for word, count in lower.items() if count >= capital[word]}
    for word, part in known:
        if word in names or word in nations or word.rstrip("s") in nations:
            continue
        # One that a heading has with capitals is no name yet.
        if part in ("verb", "adv") and capital[word] <= 2 + lower[word]:
            ordinary.add(word)
        if capital[word]:
            continue
        if part == "adj" and word not in places:
            ordinary.add(word)
        elif part == "noun" and word not in places and (
                ENDINGS.search(word) or is_plural(word, known) and not capital[word[:-1]] and word[:-1] not in names):
            ordinary.add(word)
    ordinary.update(word for word in own_nouns() if capital[word] <= 3 * lower[word] + 3)
    print("# English words beside those of common.txt that text in capitals gets back in lower case, one per line.")
    print("# Made by derive_lowercase.py, which says from what.")
    for word in sorted(ordinary - common - names - nations):
        if len(word) > 2:
            print(word)


if __name__ == "__main__":
    main()
