"""What counts as a name, and how tokens become a sentence with spans.

The convention is that of news guidelines: a name without its article, title and possessive; a person without
office ("President", "Dr"); every word of an organisation's name, its place included ("University of Aleppo");
adjectives of nationality are Nationality and no location; metonymic use ("Damascus said") stays a place.
"""
import gazetteer
from labels import ANYWHERE, LOCATION, Sentence

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
