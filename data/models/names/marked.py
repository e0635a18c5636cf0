#!/usr/bin/env python3
"""Licence-clean sets of marked names → one text a line, for `examples/learn_names.rs`.

    marked.py --train ../shared/train --set crossner [--held-out] > crossner.jsonl

With `--held-out` only what the names encoder was not trained on (`../train/holdout.py`); the set of templates is
always whole. Reads the archives crossner-politics (MIT repository, Wikipedia text), btc (CC BY 4.0) and
gum-news-interview-academic-court (CC BY). A line: {"text": …, "names": [[start, end, class], …]} in code points.
Classes are those of src/extract/names/weights.rs; `?` marks what a set leaves open, which teaches nothing.
"""
import argparse
import io
import json
import os
import random
import re
import sys
import tarfile

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "train"))
from holdout import held_out, key_of_file, key_of_words

NO_SPACE_BEFORE = {".", ",", ";", ":", "!", "?", ")", "]", "}", "'s", "’s", "n't", "n’t", "%", "'", "’", "”", "...", "…"}
NO_SPACE_AFTER = {"(", "[", "{", "$", "£", "€", "“", "#", "@"}
# Last words that make a place a facility where a set does not tell the two apart.
FACILITY = set(
    "airport airfield arena barracks base bridge building camp castle cathedral cemetery center centre chapel church "
    "courthouse dam fort gate hall harbor harbour highway hospital hotel house jail library mall market mausoleum "
    "memorial monastery monument mosque museum palace plant plaza port prison road school shrine square stadium "
    "station street synagogue temple theater theatre tomb tower tunnel".split())
DEMONYM = re.compile(r".{2,}(an|ians?|ese|ish|i|is|ic|ans)$")


def detokenise(words):
    """The words as they would be written, and where each of them starts."""
    text, starts, open_quote, glue = "", [], False, True
    for word in words:
        space = not glue and word not in NO_SPACE_BEFORE
        if word == '"':
            space, open_quote = (not glue and not open_quote), not open_quote
        text += " " * space
        starts.append(len(text))
        text += word
        glue = word in NO_SPACE_AFTER or (word == '"' and open_quote)
    return text, starts


def bio(stream, classes):
    """Sentences of a two-column file: words, and spans of words with their class."""
    words, names, current = [], [], None
    for line in io.TextIOWrapper(stream, encoding="utf-8"):
        fields = line.rstrip("\n").split("\t")
        if len(fields) < 2 or not fields[0]:
            if words:
                yield words, names
            words, names, current = [], [], None
            continue
        word, tag = fields[0], fields[1].strip()
        words.append(word)
        prefix, _, label = tag.partition("-")
        if prefix == "B" or (prefix == "I" and current != label):
            names.append([len(words) - 1, len(words), classes.get(label, "?")])
            current = label
        elif prefix == "I":
            names[-1][1] = len(words)
        else:
            current = None
    if words:
        yield words, names


def line(sentences):
    """One text of several sentences."""
    text, names = "", []
    for words, spans in sentences:
        written, starts = detokenise(words)
        offset = len(text) + bool(text)
        text += " " * bool(text) + written
        for first, end, label in spans:
            last = words[end - 1].lower()
            while first + 1 < end and words[first].lower() in ("the", "a", "an"):
                first += 1
            if label == "location" and end - first > 1 and last in FACILITY:
                label = "facility"
            if label == "misc":
                single = end - first == 1 and words[first][:1].isupper() and DEMONYM.match(words[first])
                label = "nationality" if single else "?"
            names.append([offset + starts[first], offset + starts[end - 1] + len(words[end - 1]), label])
    return {"text": text, "names": names}


CROSSNER = {"politician": "person", "person": "person", "country": "location", "location": "location",
            "organisation": "organization", "politicalparty": "organization", "event": "other", "election": "other",
            "misc": "misc"}
BTC = {"PER": "person", "ORG": "organization", "LOC": "location"}
GUM = {"person": "person", "organization": "organization", "place": "location", "event": "other"}


def gum(stream):
    """Names of a GUM document: the proper nouns that head a mention, with the words between them."""
    sentences, words, tags, heads, opened, spans = [], [], [], [], [], []

    def close():
        if words:
            sentences.append((list(words), list(named(words, tags, heads, spans))))
        for part in (words, tags, heads, spans):
            part.clear()
        opened.clear()

    for row in io.TextIOWrapper(stream, encoding="utf-8"):
        fields = row.rstrip("\n").split("\t")
        if len(fields) < 10:
            close()
            continue
        if not fields[0].isdigit():
            continue
        at = len(words)
        words.append(fields[1])
        tags.append(fields[4])
        heads.append(int(fields[6]) - 1)
        found = re.search(r"Entity=([^|]*)", fields[9])
        for token in re.findall(r"\([^()]+\)?|[^()]+\)", found.group(1)) if found else []:
            if token.startswith("("):
                bits = token.strip("()").split("-")
                opened.append((bits[0], bits[1] if len(bits) > 1 else "", at))
                if token.endswith(")"):
                    name = opened.pop()
                    spans.append((name[2], at + 1, name[1]))
            else:
                number = token.rstrip(")").split("-")[0]
                for index in range(len(opened) - 1, -1, -1):
                    if opened[index][0] == number:
                        name = opened.pop(index)
                        spans.append((name[2], at + 1, name[1]))
                        break
    close()
    return sentences


def named(words, tags, heads, spans):
    """The names in the mentions of one sentence."""
    names, covered = [], set()
    proper = [tag in ("NNP", "NNPS") for tag in tags]
    for first, end, kind in sorted(spans, key=lambda span: span[1] - span[0]):
        inside = set(range(first, end))
        tops = [at for at in inside if heads[at] not in inside]
        if len(tops) != 1 or not proper[tops[0]]:
            continue
        start = stop = tops[0]
        joint = lambda at: proper[at] or tags[at] in ("HYPH", "CD", "AFX")
        while start - 1 >= first and joint(start - 1):
            start -= 1
        while stop + 1 < end and joint(stop + 1):
            stop += 1
        # "University of X": a proper noun behind "of" belongs to the name.
        while stop + 2 < end and words[stop + 1] in ("of", "for", "the", "and") and any(proper[stop + 2:end]) \
                and kind in ("organization", "place", "event"):
            further = next(at for at in range(stop + 2, end) if proper[at])
            if further - stop > 3:
                break
            stop = further
            while stop + 1 < end and joint(stop + 1):
                stop += 1
        if any(at in covered for at in range(start, stop + 1)):
            # A name inside a name: which of the two a reader would mark is open.
            names.append([start, stop + 1, "?"])
            continue
        covered.update(range(start, stop + 1))
        label = GUM.get(kind, "?")
        if label == "person" and (tags[stop] == "NNPS" or stop - start > 3):
            label = "?"
        names.append([start, stop + 1, label])
    for at, tag in enumerate(tags):
        if words[at][:1].isupper() and at not in covered and (tag in ("JJ", "NNPS") or proper[at]):
            names.append([at, at + 1, "?"])
    return names


# Sentences about facilities, which the sets hardly mark. {} is the facility, <> a place, [] an organisation.
SENTENCES = [
    "The blast damaged {} and several homes nearby.", "He was held at {} for two years.",
    "Police closed the road to {} on Monday.", "She was taken to {} with burns.",
    "Workers at {} went on strike.", "They gathered outside {} in <> on Friday.",
    "{} was built in 1932.", "The president will open {} next week.", "Flights from {} were cancelled.",
    "Three men escaped from {} last night.", "The exhibition at {} runs until May.",
    "Families waited in front of {} for news.", "The ship reached {} after a storm.",
    "Prisoners were moved from {} to {}.", "He died at {}, doctors said.", "The trial began at {} in <>.",
    "Soldiers took control of {} and {}.", "The convoy crossed {} at dawn.", "{} has been closed since the war.",
    "A new wing of {} was paid for by [].", "Shells hit {} in the east of <>.", "The students of [] met at {}.",
    "[] runs {} near <>.", "According to [], {} holds 400 people.", "The match will be played at {}.",
    "Residents of <> fled to {}.", "[] said the fire at {} was under control.", "He works for [] in <>.",
    "He spent a year in a <> prison.", "She was treated in a <> hospital.", "A <> court sentenced him to death.",
    "Guards at a <> jail beat him.", "[] opened an office in <>.",
    "<>: captured 5 December, with {}.", "<^>, March 3 (AP) - Police in <> made an arrest.",
    "Fighters took <>, then <> and <> in <=>.", "They captured <> on 30 November and seized <>, <=>.",
    "The army of <=> bombed <> and withdrew from <>.", "<> fell on Sunday, and <> a day later, <=> state media said.",
    "He was born in <>, <=>, and grew up in <>.", "Roads from <> to <> in <=> were closed.",
    "<^> (Reuters) - [] said on Tuesday.", "<^> - A court in <>, <>, heard the case.", "She studied law at [] and moved to <>.",
]
FACILITIES = [
    "{} Prison", "{} Central Prison", "{} prison", "{} Women's Prison", "{} Airport", "{} International Airport",
    "{} Hospital", "{} General Hospital", "{} Military Hospital", "{} Museum", "{} Bridge", "{} Dam", "{} Stadium",
    "{} Mosque", "Grand Mosque of {}", "{} Cathedral", "{} Railway Station", "{} station", "{} airport", "{} hospital", "{} jail", "{} barracks", "{} Police Station",
    "{} police station", "{} Air Base", "{} airbase", "{} Barracks", "{} Detention Centre", "{} Courthouse",
    "{} Power Plant", "{} Refinery", "Port of {}", "{} Port", "{} Hotel", "{} Market", "{} Refugee Camp", "{} camp",
    "{} Palace", "{} Tower", "{} Tunnel", "{} Street", "{} Road", "{} Square", "{} Library", "{} Theatre", "{} Fort",
    "{} Cemetery", "{} Checkpoint", "{} Crossing", "Branch 2{}", "Camp {}", "Hospital 6{}", "{} Cement Factory",
]
ORGANISATIONS = [
    "University of {}", "{} University", "{} Bank", "{} City Council", "{} Chamber of Commerce", "{} Teachers' Union",
    "Ministry of Health", "Supreme Court", "{} FC", "{} Times", "{} Steel", "{} Airlines", "{} Police Department",
    "{} Liberation Front", "National Bureau of Statistics", "{} Human Rights Network", "Bank of {}", "{} Water Authority",
]


def templates(cities, countries, count):
    """Sentences made of the lists above and of names of towns of one country; the same every time."""
    chance = random.Random(12345)

    def pick(options):
        return options[int(chance.random() * len(options))]

    for _ in range(count):
        text, names = "", []
        code = pick(sorted(cities))
        for part in re.split(r"(\{\}|<>|<\^>|<=>|\[\])", pick(SENTENCES)):
            label = {"{}": "facility", "<>": "location", "<^>": "location", "<=>": "location", "[]": "organization"}.get(part)
            if label:
                written, place = part, countries[code] if part == "<=>" else pick(cities[code])
                pattern = {"facility": FACILITIES, "organization": ORGANISATIONS, "location": ["{}"]}[label]
                form = pick(pattern)
                part = form.replace("2{}", "2" + str(len(place)) + "5").replace("6{}", "60" + str(len(place))[-1])
                part = part.replace("{}", place)
                part = place.upper() if written == "<^>" else part
                names.append([len(text), len(text) + len(part), label])
            text += part
        yield {"text": text, "names": names}


def rows(path, *names):
    """The columns of a table of the gazetteer."""
    with open(path, encoding="utf-8") as lines:
        lines = (line.rstrip("\n").split("\t") for line in lines if not line.startswith("#"))
        header = next(lines)
        columns = [header.index(name) for name in names]
        yield from ([line[column] for column in columns] for line in lines)


def towns(folder):
    """Names of larger towns of the gazetteer by code of their country, where there are several, and countries."""
    cities = {}
    for name, code, population in rows(os.path.join(folder, "cities.tsv"), "name", "country", "population"):
        if name[:1].isupper() and int(population or 0) > 20000:
            cities.setdefault(code, []).append(name)
    countries = {code: name for code, name in rows(os.path.join(folder, "countries.tsv"), "iso2", "name")}
    return {code: names for code, names in cities.items() if len(names) > 5 and code in countries}, countries


def archive(folder, name):
    with tarfile.open(os.path.join(folder, name)) as opened:
        for member in sorted(opened.getmembers(), key=lambda member: member.name):
            if member.isfile():
                yield member.name, opened.extractfile(member)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--train", required=True, help="folder of the archives")
    arguments.add_argument("--set", required=True, choices=["crossner", "gum", "btc", "templates"])
    arguments.add_argument("--gazetteer", default="data/gazetteer", help="for the set of templates")
    arguments.add_argument("--held-out", action="store_true", help="only documents the encoder was not trained on")
    options = arguments.parse_args()
    wanted = lambda key: not options.held_out or held_out(options.set, key)
    lines = []
    if options.set == "crossner":
        for name, stream in archive(options.train, "crossner-politics.tar.gz"):
            if name.endswith(".txt") and "politics" in name:
                lines += [line([sentence]) for sentence in bio(stream, CROSSNER) if wanted(key_of_words(sentence[0]))]
    if options.set == "gum":
        for name, stream in archive(options.train, "gum-news-interview-academic-court.tar.gz"):
            if name.endswith(".conllu") and wanted(key_of_file(name)):
                lines.append(line(gum(stream)))
    if options.set == "btc":
        for name, stream in archive(options.train, "btc.tar.gz"):
            if name.endswith(".conll"):
                lines += [line([sentence]) for sentence in bio(stream, BTC) if wanted(key_of_words(sentence[0]))]
    if options.set == "templates":
        lines += templates(*towns(options.gazetteer), 800)
    for one in lines:
        print(json.dumps(one, ensure_ascii=False))


if __name__ == "__main__":
    main()
