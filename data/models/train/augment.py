"""Copies of sentences with other names and other looks, each keeping its spans."""
import re

from labels import Sentence


def rewrite(s, edits):
    """The sentence with stretches (start, end, replacement[, types]) replaced; types, if given, are the new ones of a
    span that is replaced as a whole."""
    text, at, moved, types = [], 0, [], {}
    shift = 0
    for start, end, new, *rest in sorted(edits):
        if start < at:
            continue
        text += [s.text[at:start], new]
        at = end
        moved.append((start, end, start + shift, start + shift + len(new)))
        shift += len(new) - (end - start)
        if rest and rest[0]:
            types[start, end] = rest[0]
    text.append(s.text[at:])

    def place(a, b):
        for start, end, x, y in moved:
            if start <= a and b <= end and (start, end) == (a, b):
                return x, y
        return to(a, False), to(b, True)

    def to(p, is_end):
        delta = 0
        for start, end, x, y in moved:
            if end <= p and not (start == end == p and is_end):
                delta = y - end
            elif start < p:
                return y if is_end else x
        return p + delta

    spans = [(*place(a, b), types.get((a, b), k)) for a, b, k in s.spans]
    keep = lambda layer: None if layer is None else [(*place(a, b), k) for a, b, k in layer]
    return Sentence("".join(text), spans, [place(a, b) for a, b in s.unsure], s.outside, keep(s.mentions), keep(s.events))


SIMPLE = re.compile(r"^[^\W\d_][\w.'’-]*( [\w.'’-]+)*$")
ACRONYM = re.compile(r"^[A-Z]{2,6}$")
LOCATIVE = {"in", "at", "from", "to", "near", "outside", "inside", "of"}


def swap_names(sentences, maker, strength=1.0):
    """Other names for some of the persons, places and organisations of a document, the same for the same."""
    rng, persons, out = maker.rng, {}, []
    for s in sentences:
        edits = []
        for a, b, k in s.spans:
            name = s.text[a:b]
            if not SIMPLE.match(name) or name.isupper() and k == "Person":
                continue
            chance = rng.random() / strength
            if k == "Person":
                parts = name.split(" ")
                if name not in persons:
                    if len(parts) >= 2:
                        persons[name] = maker.person() if chance < .4 else None
                        if persons[name] and " " in persons[name]:
                            new = persons[name].split(" ", 1)
                            persons.setdefault(parts[0], new[0])
                            persons.setdefault(parts[-1], new[1])
                    else:
                        persons[name] = (maker.family() if rng.random() < .7 else maker.given()) if chance < .15 else None
                if persons[name]:
                    edits.append((a, b, persons[name]))
                continue
            before = s.text[:a].rstrip().rsplit(" ", 1)[-1].lower()
            place = k in ("City", "Region", "Country", "City|Region", "Country|Region", "City|Region|Country")
            if place and before in LOCATIVE and chance < .06:
                edits.append((a, b, maker.facility(), "Facility"))
            elif place and chance < .3:
                kind = k if k in ("City", "Region", "Country") else "Country" if "Country" in k else "City"
                edits.append((a, b, maker.name(kind), kind))
            elif k == "Organization" and chance < .3:
                for _ in range(8):
                    new = maker.acronym() if ACRONYM.match(name) else maker.organisation()
                    if (" " in new) == (" " in name):
                        break
                if not ACRONYM.match(name) or len(new) < 8:
                    edits.append((a, b, new))
            elif k == "Facility" and chance < .2:
                edits.append((a, b, maker.facility()))
        out.append(rewrite(s, edits) if edits else s)
    return out


HYPHEN = re.compile(r"(?<=\w)[-/](?=\w)|(?<=\w)[’'](?=s\b)")


def tokenised(s):
    """As text looks whose hyphens and apostrophes were cut apart by a tokenizer."""
    edits = []
    for m in HYPHEN.finditer(s.text):
        if m.group() in "’'":
            edits.append((m.end(), m.end(), " "))
        else:
            edits.append((m.start(), m.end(), f" {m.group()} "))
    return rewrite(s, edits) if edits else s


def cased(s, how):
    text = getattr(s.text, how)()
    if len(text) != len(s.text):
        return s
    return Sentence(text, s.spans, s.unsure, s.outside, s.mentions, s.events)


SMALL = {"a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}


def headline(s):
    """Every Word a Capital, as in Headlines."""
    text = re.sub(r"(?<![\w’'])[^\W\d_]+", lambda m: m.group() if m.group() in SMALL else m.group()[:1].upper() + m.group()[1:], s.text)
    return Sentence(text, s.spans, s.unsure, s.outside, s.mentions, s.events) if len(text) == len(s.text) else s


def noisy(s, rng):
    """As the web writes: letters lost or doubled outside names, no full stop, capitals of sentences dropped."""
    inside = {i for a, b, _ in s.spans for i in range(a, b)}
    edits = []
    for m in re.finditer(r"[a-z]{5,}", s.text):
        if m.start() in inside or rng.random() > .12:
            continue
        at = m.start() + rng.randrange(1, len(m.group()) - 1)
        edits.append((at, at + 1, rng.choice(["", s.text[at] * 2, s.text[at + 1]])))
    if s.text and s.text[-1] == "." and rng.random() < .5 and (len(s.text) - 1) not in inside:
        edits.append((len(s.text) - 1, len(s.text), rng.choice(["", "...", "!", " ."])))
    if s.text[:1].isupper() and 0 not in inside and rng.random() < .4:
        edits.append((0, 1, s.text[0].lower()))
    return rewrite(s, edits) if edits else s


SCRIPTS = [(0x4e00, 0x9fa5, 2, 3), (0xac00, 0xd7a3, 3, 3), (0x430, 0x44f, 4, 9), (0x3b1, 0x3c9, 4, 9), (0xe01, 0xe2e, 4, 8)]


def other_script(s, rng):
    """A name's original spelling behind it, in brackets and a script that is not read: no name."""
    people = [x for x in s.spans if x[2] in ("Person", "City", "Place")]
    if not people:
        return s
    low, high, least, most = rng.choice(SCRIPTS)
    letters = "".join(chr(rng.randint(low, high)) for _ in range(rng.randint(least, most)))
    end = rng.choice(people)[1]
    return rewrite(s, [(end, end, f" ({letters})")])


def address(sentences, rng):
    """A first line with the address of the page, made of the words of the first sentence."""
    words = re.findall(r"[a-z0-9]+", sentences[0].text.lower())[:rng.randint(4, 12)]
    if len(words) < 4:
        return sentences
    host, join = rng.choice(["news", "times", "daily", "herald", "post"]) + rng.choice([".com", ".net", ".org"]), rng.choice(["-", "-", "_"])
    text = f"https://www.{rng.choice(words)}{host}/{rng.choice(['', '2021/07/', 'news/', 'en/world/'])}{join.join(words)}{rng.choice(['', '/', '.html'])}"
    return [Sentence(text, [])] + sentences


def looks(sentences, rng):
    """One look for a whole document."""
    if rng.random() < .06:
        sentences = address(sentences, rng)
    sentences = [other_script(s, rng) if rng.random() < .015 else s for s in sentences]
    r = rng.random()
    if r < .42:
        sentences = [tokenised(s) for s in sentences]
    elif r < .49:
        sentences = [noisy(s, rng) for s in sentences]
    if rng.random() < .08:
        how = rng.choices(["upper", "lower", "headline"], [4, 2, 4])[0]
        return [headline(s) if how == "headline" else cased(s, how) for s in sentences]
    return [headline(s) if rng.random() < .02 else cased(s, "upper") if rng.random() < .015 else s for s in sentences]
