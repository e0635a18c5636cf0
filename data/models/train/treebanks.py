"""Sets with dependencies: GUM, whose entities are marked, and EWT, whose proper nouns are."""
import glob
import re

import gazetteer
from conventions import FACILITY_WORDS, PRONOUNS, TITLES, low, named, nationalities, place_type, sentence
from holdout import held_out, key_of_file
from labels import ANYWHERE, MENTIONS, PROPER, Document

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
        if held_out("gum", key_of_file(path)):
            continue
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
        spans.append((i, j, kind if kind and "Country" in kind else PROPER))
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
