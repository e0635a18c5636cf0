"""The project's tables of places, facilities and organisations, as pools of names and as a check of types."""
import csv
import functools
import os

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "gazetteer")


@functools.cache
def rows(table, folder=ROOT):
    with open(os.path.join(folder, table + ".tsv"), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))


def several(cell):
    return [x for x in (cell or "").split("|") if x]


@functools.cache
def stopwords():
    return {r["word"] for r in rows("stopwords")}


@functools.cache
def demonyms():
    """Adjectives and nouns of nationality."""
    own = "European African Asian Arab Arabs Western Kurdish Kurd Kurds Jewish Muslim Muslims Christian Christians Soviet " \
          "Latin Catholic Islamic Europeans Africans Asians Jews Rohingya Yazidi Yazidis Druze Sunni Shia Alawite".split()
    return {d for r in rows("demonyms") for d in several(r["demonyms"])} | set(own)


@functools.cache
def index():
    """Name → the kinds of place it is known as; small places only if they bear the name first."""
    found = {}
    for r in rows("countries"):
        for name in [r["name"], *several(r["alternates"]), *several(r["arabic"])]:
            found.setdefault(name, set()).add("Country")
    for r in rows("regions"):
        for name in [r["name"], *several(r["alternates"])]:
            found.setdefault(name, set()).add("Region")
    for r in rows("cities"):
        if int(r["population"]) >= 50000:
            for name in [r["name"]] + (several(r["alternates"]) if int(r["population"]) > 500000 else []):
                found.setdefault(name, set()).add("City")
    for name in ("America", "England", "Scotland", "Wales", "Britain", "U.S.", "US", "USA", "U.K.", "UK"):
        found[name] = {"Country"}
    return found


def kinds(name):
    """`Country`, `City|Region`… as the gazetteer has it, or None. A country's name is that country."""
    found = index().get(name)
    if not found:
        return None
    return "Country|Region" if "Country" in found and "Region" in found and name != "America" else \
        "Country" if "Country" in found else "|".join(k for k in ("City", "Region") if k in found)


@functools.cache
def pools():
    """Names to put into sentences, by type: most by weight of being known."""
    stop = stopwords()
    good = lambda n: n.lower() not in stop and len(n) > 2 and n[0].isupper()
    cities = [(r["name"], r["country"], int(r["population"])) for r in rows("cities") if good(r["name"])]
    return {
        "LargeCity": [n for n, _, p in cities if p >= 500000],
        "City": [n for n, _, p in cities if p >= 15000]
                + [n for n, c, p in cities if c in ("SY", "IQ", "IR", "UA", "MM", "TR", "YE", "LY", "SD", "EG", "PS")],
        "Region": [r["name"] for r in rows("regions") if good(r["name"])],
        "Country": [r["name"] for r in rows("countries") if good(r["name"])],
        "Facility": [n for r in rows("facilities") for n in [r["name"], *several(r["alternates"])] if "(" not in n and "," not in n],
        "TownFacility": [n for r in rows("facilities") for n in several(r["town_alternates"]) if n.isascii()],
        "Organization": [n for r in rows("organisations") for n in [r["name"], r["acronym"], *several(r["alternates"])] if n],
        "Nationality": [several(r["demonyms"])[0] for r in rows("demonyms") if several(r["demonyms"])],
        "Nationalities": [d for r in rows("demonyms") for d in several(r["demonyms"])[1:2] if d.isascii()],
        "ArabicCity": [n for r in rows("cities") if r["country"] in ("SY", "IQ", "EG", "LB", "JO", "YE", "LY", "SD", "PS", "SA", "MA", "TN", "DZ") and int(r["population"]) >= 20000
                       for n in several(r["arabic"])[:1]],
        "ArabicLargeCity": [n for r in rows("cities") if int(r["population"]) >= 400000 or r["country"] == "SY" and int(r["population"]) >= 50000
                            for n in several(r["arabic"])[:1]],
        "ArabicCountry": [several(r["arabic"])[0] for r in rows("countries") if several(r["arabic"])],
        "ArabicFacility": [n for r in rows("facilities") for n in several(r["arabic"])],
        "ArabicOrganization": [n for r in rows("organisations") for n in several(r["arabic"])],
        "ArabicTownFacility": [n for r in rows("facilities") for n in several(r["town_alternates"]) if not n.isascii() and n[0] > "\u0600"],
    }
