"""The licence-clean sets as `Document`s, their conventions mapped to one.

The convention is that of news guidelines: a name without its article, title and possessive; a person without
office ("President", "Dr"); every word of an organisation's name, its place included ("University of Aleppo");
adjectives of nationality are Nationality and no location; metonymic use ("Damascus said") stays a place.
"""
import glob
import os
import re

import gazetteer
from labels import ANYWHERE, LOCATION, MENTIONS, Document, Sentence

TITLES = set("""president mr mrs ms miss dr sir lord lady prof professor king queen prince princess pope saint senator
sen rep minister judge justice captain capt general gen colonel col lieutenant lt major maj sergeant sgt secretary
governor gov mayor ambassador sheikh sheik imam bishop archbishop father uncle aunt madame monsieur mme mlle don duke
count baron chief chairman director deputy prime vice foreign representative congressman officer commander admiral
attorney counsel detective inspector reverend rev congresswoman chancellor premier first cardinal emperor empress
madam master mister brother sister earl dame""".split())
PRONOUNS = set("we i he she it they us our my you your his her their its them me this that these those who one".split())
CONNECTIVES = set("of the and for de la al el bin ibn von van da di du del & - – ' ’ 's ’s . , in".split())
FACILITY_WORDS = set("""prison jail penitentiary gaol airport hospital clinic hotel bridge square stadium mosque church
cathedral synagogue temple museum palace tower mall market dam camp base airbase library theatre theater zoo barracks
street road avenue highway park hall center centre station port terminal building monument mansion castle arena
checkpoint crossing courthouse house gallery plaza embassy pier tunnel harbour harbor cemetery memorial abbey inn
restaurant cafe pub school farm plant refinery court garden gardens boulevard lane drive expressway motorway gate""".split())
# Institutions with a house: they act as organisations and one is held in them; either answer is right.
HOUSES = set("hospital clinic hotel mosque church cathedral temple museum library theatre theater zoo school mall embassy "
             "gallery station restaurant plant refinery court camp base".split())
NO_SPACE_BEFORE = set(".,;:!?)]}%'’”") | {"n't", "'s", "’s", "'re", "'ve", "'ll", "'d", "'m"}
NO_SPACE_AFTER = set("([{$“‘#@")


def low(token):
    return token.lower().rstrip(".")


def columns(path):
    """Sentences of (token, tag) of a file with one token a line."""
    found, sentence = [], []
    with open(path, encoding="utf-8") as f:
        for line in f:
            cells = line.rstrip("\n").split("\t")
            if len(cells) < 2 or not line.strip():
                if sentence:
                    found.append(sentence)
                sentence = []
            elif cells[0].strip():
                sentence.append((cells[0].strip(), cells[-1].strip()))
    return found + ([sentence] if sentence else [])


def join(tokens, glued=None):
    """Text of tokens and the place of each; `glued[i]` says that no space follows token i, else punctuation decides."""
    text, places, previous = "", [], None
    for i, token in enumerate(tokens):
        if previous is not None:
            tight = glued[i - 1] if glued else token in NO_SPACE_BEFORE or previous in NO_SPACE_AFTER
            text += "" if tight else " "
        places.append((len(text), len(text) + len(token)))
        text, previous = text + token, token
    return text, places


def sentence(tokens, spans, unsure=(), glued=None, **layers):
    text, p = join(tokens, glued)
    place = lambda i, j: (p[i][0], p[j - 1][1])
    return Sentence(text, [(*place(i, j), k) for i, j, k in spans], [place(i, j) for i, j in unsure],
                    **{k: v and [(*place(i, j), x) for i, j, x in v] if isinstance(v, list) else v
                       for k, v in layers.items()})


def bio(tags):
    """Spans (first, end, tag) of BIO tags."""
    spans, start = [], None
    for i, tag in enumerate(tags + ["O"]):
        if start is not None and (tag[:1] != "I" or tag[2:] != tags[start][2:]):
            spans.append((start, i, tags[start][2:]))
            start = None
        if tag[:1] == "B" or tag[:1] == "I" and start is None:
            start = i
    return spans


def place_type(types, words):
    """What a location is, narrowed by its last word and by the gazetteer."""
    whole = " ".join(words)
    if types == "Organization" and gazetteer.kinds(whole):
        # a country that plays or negotiates stays a country; a city's name may be its team
        return "Country" if gazetteer.kinds(whole) == "Country" else "Organization|" + gazetteer.kinds(whole)
    if whole in gazetteer.demonyms() and types != "Person":
        return "Nationality"
    if types in (LOCATION, ANYWHERE):
        last = low(words[-1])
        if len(words) > 1 and last in FACILITY_WORDS:
            return "Facility|Organization" if last in HOUSES and types == ANYWHERE else "Facility"
        return gazetteer.kinds(whole) or (types if len(words) > 1 else LOCATION)
    if types == "Organization" and len(words) > 1 and low(words[-1]) in HOUSES:
        return "Organization|Facility"
    return types


def nationalities(tokens, spans):
    """Single demonyms outside every span."""
    taken = {n for i, j, _ in spans for n in range(i, j)}
    return [(i, i + 1, "Nationality") for i, t in enumerate(tokens) if i not in taken and t in gazetteer.demonyms()]


def named(tokens, i, j, types):
    """The span cut down to a name (articles, titles and possessives off), or None if it is not one."""
    while i < j and low(tokens[i]) in ("the", "a", "an"):
        i += 1
    if types == "Person":
        while i < j - 1 and (low(tokens[i]) in TITLES or tokens[i] == "."):
            i += 1
    while j > i and tokens[j - 1] in ("'s", "’s", ",", "."):
        j -= 1
    body = tokens[i:j]
    if not body or types != "Organization" and "," in body:
        return None
    if not all(t[:1].isupper() or t[:1].isdigit() or low(t) in CONNECTIVES for t in body):
        return None
    if not body[0][:1].isupper() or not (body[-1][:1].isupper() or body[-1][:1].isdigit()):
        return None
    if len(body) == 1 and (low(body[0]) in PRONOUNS or types == "Person" and low(body[0]) in TITLES):
        return None
    return i, j


CROSSNER = {"country": "Country|Region", "location": ANYWHERE, "election": "NamedEvent", "event": "NamedEvent",
            "misc": "Nationality|NamedEvent|Other", "organisation": "Organization", "politicalparty": "Organization",
            "person": "Person", "politician": "Person"}
BTC = {"PER": "Person", "ORG": "Organization", "LOC": ANYWHERE}
WNUT = {"person": "Person", "location": ANYWHERE, "corporation": "Organization", "group": "Organization",
        "creative-work": "Other", "product": "Other"}


def tagged(sentences, source, mapping, outside):
    for rows in sentences:
        tokens, tags = [t for t, _ in rows], [g for _, g in rows]
        spans = []
        for i, j, k in bio(tags):
            k = mapping.get(k)
            if k is None:
                continue
            if k.startswith("Nationality"):
                k = "Nationality" if j == i + 1 and tokens[i] in gazetteer.demonyms() else k
            elif tokens[i].lower() == "the" and j > i + 1:
                i += 1
            spans.append((i, j, place_type(k, tokens[i:j])))
        spans += nationalities(tokens, spans)
        yield Document(source, [sentence(tokens, spans, outside=outside)])


def crossner(root):
    for part in ("train", "dev", "test"):
        yield from tagged(columns(f"{root}/crossner/ner_data/politics/{part}.txt"), "crossner", CROSSNER, "")


def wnut(root):
    yield from tagged(columns(f"{root}/wnut17/data/WNUT17/CONLL-format/data/train/wnut17train.conll"), "wnut", WNUT,
                      "NamedEvent")


def btc(root):
    for part in "abefgh":
        kept = [s for s in columns(f"{root}/btc/{part}.conll") if not any(t[0] == "@" or t == "RT" for t, _ in s)]
        yield from tagged(kept, "btc", BTC, "NamedEvent|Other")


ENTITY = re.compile(r"\(([^()]*)(\))?|([^()]*?)\)")


def gum_mentions(rows):
    """Mentions (first, end, type, name in Wikipedia or "") of the rows of a sentence."""
    found, opened = [], []
    for i, row in enumerate(rows):
        m = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
        for part in ENTITY.finditer(m.group(1)) if m else ():
            if part.group(1) is not None:
                cells = part.group(1).split("-")
                kind, link = cells[1] if len(cells) > 1 else "", cells[7] if len(cells) > 7 else ""
                if part.group(2):
                    found.append((i, i + 1, kind, link))
                else:
                    opened.append((cells[0], i, kind, link))
            else:
                for k in range(len(opened) - 1, -1, -1):
                    if opened[k][0] == part.group(3):
                        _, start, kind, link = opened.pop(k)
                        found.append((start, i + 1, kind, link))
                        break
    return found


def proper_run(rows, i, j, head, kind):
    """The longest run of proper words around the head of a mention. "and" links only inside an organisation's name of
    one head ("Ministry of Health and Education"), never two names."""
    tokens = [r[1] for r in rows]
    links = {"-", "–", "al", "de", "bin", "von", "van"} if kind == "person" else {"of", "for", "&", "-", "the", "–", "al", "de", "and"}
    proper = lambda n: i <= n < j and (rows[n][3] == "PROPN" or rows[n][3] in ("ADJ", "NOUN", "NUM", "VERB")
                                       and (tokens[n][:1].isupper() or rows[n][3] == "NUM" and n > head))
    def link(n):
        if not (i <= n < j and low(tokens[n]) in links):
            return False
        # two names joined: the word after "and" is a conjunct of the head
        return low(tokens[n]) != "and" or not any(rows[m][7] == "conj" and rows[m][6] == rows[head][0]
                                                  for m in range(n + 1, min(j, n + 6)))
    a, b = head, head + 1
    while True:
        if proper(a - 1):
            a -= 1
        elif link(a - 1) and proper(a - 2):
            a -= 2
        elif link(a - 1) and link(a - 2) and low(tokens[a - 2]) == "of" and proper(a - 3):
            a -= 3
        else:
            break
    while True:
        if proper(b):
            b += 1
        elif link(b) and proper(b + 1):
            b += 2
        elif link(b) and link(b + 1) and low(tokens[b]) == "of" and proper(b + 2):
            b += 3
        else:
            break
    return a, b


GUM = {"person": "Person", "organization": "Organization", "place": ANYWHERE, "event": "NamedEvent",
       "object": "Other|Facility", "abstract": "Other|NamedEvent|Organization", "plant": "", "animal": "", "substance": "", "time": ""}
NOMINAL = {"person": "Person", "organization": "Group", "place": "Place"}


def gum(root):
    for path in sorted(glob.glob(f"{root}/gum/dep/*.conllu")):
        found, rows = [], []
        with open(path, encoding="utf-8") as f:
            for line in list(f) + [""]:
                if line.strip() and not line.startswith("#"):
                    cells = line.rstrip("\n").split("\t")
                    if "." not in cells[0]:
                        rows.append(cells)
                elif not line.strip() and rows:
                    found.append(gum_sentence(*merged(rows)))
                    rows = []
        yield Document("gum", found)


def merged(all_rows):
    """Rows without the multiword tokens ("Mecca's"), and whether each is glued to the next."""
    rows, glued, tight_until = [], [], None
    for r in all_rows:
        if "-" in r[0]:
            tight_until, tight_last = r[0].split("-")[1], "SpaceAfter=No" in r[9]
            continue
        rows.append(r)
        if tight_until is not None:
            glued.append(tight_last if r[0] == tight_until else True)
            tight_until = None if r[0] == tight_until else tight_until
        else:
            glued.append("SpaceAfter=No" in r[9])
    return rows, glued


def gum_sentence(rows, glued):
    tokens = [r[1] for r in rows]
    spans, unsure, nominal, used = [], [], [], set()
    for i, j, kind, link in sorted(gum_mentions(rows), key=lambda m: (m[0] - m[1], m)):
        inside = {r[0] for r in rows[i:j]}
        heads = [n for n in range(i, j) if rows[n][6] not in inside]
        head = heads[0] if heads else j - 1
        if rows[head][3] == "NOUN" and kind in NOMINAL:
            label = "Facility" if kind == "place" and rows[head][2].lower() in FACILITY_WORDS else NOMINAL[kind]
            nominal.append((head, head + 1, MENTIONS.index(label)))
        if rows[head][3] != "PROPN" and not (rows[head][3] in ("NOUN", "ADJ") and tokens[head][:1].isupper() and head > 0):
            continue
        a, b = proper_run(rows, i, j, head, kind)
        if used & set(range(a, b)):
            continue
        if rows[head][3] != "PROPN" and b == a + 1 or not GUM.get(kind):
            if not (b == a + 1 and tokens[a] in gazetteer.demonyms()):
                unsure.append((a, b))
                used |= set(range(a, b))
            continue
        name = named(tokens, a, b, GUM[kind])
        if name is None or kind == "event" and b == a + 1 and not link:
            unsure += [(n, n + 1) for n in range(a, b) if low(tokens[n]) not in TITLES | PRONOUNS]
            continue
        a, b = name
        used |= set(range(a, b))
        spans.append((a, b, place_type(GUM[kind], tokens[a:b])))
    spans += [s for s in nationalities(tokens, spans) if s[0] not in used]
    return sentence(tokens, spans, unsure, glued, mentions=nominal)


LITBANK = {"PER": "Person", "ORG": "Organization", "FAC": "Facility|Place", "LOC": "Place|Region",
           "GPE": "City|Region|Country", "VEH": "Other"}
LITBANK_NOMINAL = {"PER": "Person", "ORG": "Group", "FAC": "Facility", "LOC": "Place", "GPE": "Place"}
ENDS_PHRASE = set("of in who whom which that , with at from to on for and whose or as ; where by".split())


def litbank(root):
    for path in sorted(glob.glob(f"{root}/litbank/entities/tsv/*.tsv")):
        triggers = [[t for t, g in rows] and rows for rows in columns(path.replace("entities", "events"))]
        found, rows = [], []
        with open(path, encoding="utf-8") as f:
            for line in list(f) + [""]:
                cells = line.rstrip("\n").split("\t")
                if cells[0].strip():
                    rows.append(cells)
                elif rows:
                    at = len(found)
                    same = at < len(triggers) and [t for t, _ in triggers[at]] == [r[0] for r in rows]
                    found.append(litbank_sentence(rows, [g for _, g in triggers[at]] if same else None))
                    rows = []
        yield Document("litbank", found)


def litbank_sentence(rows, triggers):
    tokens, mentions = [r[0] for r in rows], []
    for column in range(1, 5):
        mentions += bio([r[column] if len(r) > column else "O" for r in rows])
    spans, nominal, used, covered = [], [], set(), set()
    for i, j, kind in sorted(mentions, key=lambda m: (m[0] - m[1], m)):
        covered |= set(range(i, j))
        name = named(tokens, i, j, LITBANK[kind])
        if name is None or j == i + 1 and tokens[i] in ("Here", "There"):
            if kind in LITBANK_NOMINAL and low(tokens[i]) not in PRONOUNS | {"him", "himself", "herself", "myself", "themselves"} or j > i + 1:
                head = next((n for n in range(i, j) if tokens[n].lower() in ENDS_PHRASE and n > i), j) - 1
                if kind in LITBANK_NOMINAL and tokens[head][:1].islower():
                    nominal.append((head, head + 1, MENTIONS.index(LITBANK_NOMINAL[kind])))
            continue
        a, b = name
        if not used & set(range(a, b)):
            used |= set(range(a, b))
            types = LITBANK[kind]
            spans.append((a, b, gazetteer.kinds(" ".join(tokens[a:b])) or types if kind == "GPE" else types))
    unsure = [(n, n + 1) for n in sorted(covered - used) if tokens[n][:1].isupper() and low(tokens[n]) not in TITLES | PRONOUNS]
    spans += nationalities(tokens, spans)
    events = None if triggers is None else [(i, i + 1, 1) for i, g in enumerate(triggers) if g != "O"]
    return sentence(tokens, spans, unsure, outside="NamedEvent|Other", mentions=nominal, events=events)


CALENDAR = set("""january february march april may june july august september october november december jan feb mar apr jun
jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun
am pm est gmt pst cst god internet web""".split())


def ewt(root):
    """No names are marked here, but proper nouns are: a stretch of them is one name or several of whatever type, and
    what is neither a proper noun nor beside one is none."""
    found, rows = [], []
    with open(glob.glob(f"{root}/ud_ewt/*train*.conllu")[0], encoding="utf-8") as f:
        for line in f:
            if line.startswith("# newdoc"):
                if found:
                    yield Document("ewt", found)
                found = []
            elif line.strip() and not line.startswith("#"):
                cells = line.rstrip("\n").split("\t")
                if "." not in cells[0]:
                    rows.append(cells)
            elif not line.strip() and rows:
                found.append(ewt_sentence(*merged(rows)))
                rows = []
    if found:
        yield Document("ewt", found)


def ewt_sentence(rows, glued):
    tokens = [r[1] for r in rows]
    proper = [r[3] == "PROPN" and low(r[1]).removeprefix("mid-") not in CALENDAR and low(r[1]) not in TITLES and r[4] != "ADD"
              and any(c.isalpha() for c in r[1]) for r in rows]
    spans, unsure, i = [], [], 0
    while i < len(rows):
        if not proper[i]:
            i += 1
            continue
        j = i + 1
        while j < len(rows) and (proper[j] or tokens[j] in ("-", "&", "/", "'s", "’s") and j + 1 < len(rows) and proper[j + 1] and tokens[j] not in ("'s", "’s")
                                 or rows[j][3] == "NUM" and rows[j][7] in ("nummod", "compound", "flat", "nmod:unmarked")):
            j += 1
        whole = " ".join(tokens[i:j])
        kind = gazetteer.kinds(whole)
        spans.append((i, j, kind if kind and "Country" in kind else "*"))
        # what may belong to the name: "of", "the", "and" towards a next proper noun; capitals on either side
        k = j
        while k < len(rows) and k - j < 3 and low(tokens[k]) in ("of", "the", "for", "and", "&", "'s", "’s", "in", ",", "de", "al"):
            k += 1
        if k > j and k < len(rows) and proper[k] and low(tokens[j]) != ",":
            unsure.append((j, k))
        for n in (i - 1, j):
            if 0 <= n < len(rows) and (tokens[n][:1].isupper() or tokens[n][:1].isdigit() or rows[n][3] in ("NOUN", "ADJ") and rows[n][7] in ("compound", "flat") and n < i):
                unsure.append((n, n + 1))
        i = j
    taken = {n for a, b, _ in spans for n in range(a, b)}
    unsure += [(n, n + 1) for n, t in enumerate(tokens) if n not in taken and t[:1].isupper() and (n > 0 or t.isupper() and len(t) > 1)
               and rows[n][3] not in ("PRON", "DET", "ADP", "CCONJ", "SCONJ", "AUX", "PART", "INTJ") and low(t) not in CALENDAR]
    spans += nationalities(tokens, spans)
    unsure = [(a, b) for a, b in unsure if not any(a < y and b > x for x, y, _ in spans)]
    return sentence(tokens, spans, unsure, glued)


READERS = {"crossner": crossner, "gum": gum, "wnut": wnut, "btc": btc, "litbank": litbank, "ewt": ewt}


def unpack(archives, root):
    """The archives of the sets, unpacked once."""
    import tarfile
    for path in sorted(glob.glob(os.path.join(archives, "*.tar.gz"))):
        mark = os.path.join(root, "." + os.path.basename(path))
        if not os.path.exists(mark):
            os.makedirs(root, exist_ok=True)
            with tarfile.open(path) as t:
                t.extractall(root, filter="data")
            open(mark, "w").close()
    return root


def everything(root, names=tuple(READERS)):
    return [d for name in names for d in READERS[name](root)]


if __name__ == "__main__":
    import collections
    import random
    import sys
    counts, examples = collections.Counter(), collections.defaultdict(list)
    for d in everything(sys.argv[1]):
        for s in d.sentences:
            counts[d.source] += len(s.text.split())
            for a, b, k in s.spans:
                examples[d.source, k].append(s.text[a:b])
    print(dict(counts))
    random.seed(1)
    for key in sorted(examples):
        print(*key, len(examples[key]), random.sample(examples[key], min(14, len(examples[key]))))
