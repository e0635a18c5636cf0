#!/usr/bin/env python3
"""Makes spellings.tsv: names in Arabic script and how often each Latin spelling of them was seen.

    pip download --no-deps arabic-name-romanizer==0.2.0 && unzip arabic_name_romanizer-0.2.0-*.whl
    python3 data/link/derive.py arabic_name_romanizer/resources/names.sqlite3 > data/link/spellings.tsv

Only rows whose source is Wikidata (CC0) are read. Spellings that are a slip or another name of the same person are few
and far between: what makes up less than a hundredth of a name is left out, and so are names seen once.
"""
import collections
import re
import sqlite3
import sys
import unicodedata

# Seen this often in all, and this share of the name.
LEAST, SHARE = 2, 0.01


def fold(text):
    text = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ß", "ss"))
    text = "".join(letter for letter in text if not unicodedata.combining(letter)).lower()
    return re.sub(r"[’‘'`ʿʾʻʼ]", "", text)


def main():
    connection = sqlite3.connect(sys.argv[1])
    names = collections.defaultdict(collections.Counter)
    rows = connection.execute("select arabic_key, latin, count from units where source = 'wikidata'")
    for arabic, latin, count in rows:
        latin = fold(latin)
        if re.fullmatch(r"[a-z]{2,}", latin) and re.fullmatch(r"[\u0621-\u06d3]{2,}", arabic):
            names[arabic][latin] += count
    print("arabic\tspellings")
    for arabic, spellings in sorted(names.items()):
        total = sum(spellings.values())
        kept = [(latin, n) for latin, n in spellings.items() if n >= SHARE * total]
        if total >= LEAST:
            kept.sort(key=lambda pair: (-pair[1], pair[0]))
            print(arabic + "\t" + " ".join(f"{latin}:{n}" for latin, n in kept))


main()
