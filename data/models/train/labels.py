"""Types of names, the labels of a word, and what a data set's label leaves open.

A span carries the set of types that its annotation allows, written `City|Region`. So a set that knows only
locations teaches "one of these four", and a set without products does not teach that a product is no name.
"""
TYPES = ["Person", "Organization", "Facility", "City", "Region", "Country", "Place",
         "Nationality", "NamedEvent", "Other"]
LOCATION = "City|Region|Country|Place"
ANYWHERE = "City|Region|Country|Place|Facility"
# A stretch of proper nouns of which neither the types nor the limits between names are known.
PROPER = "*"

# Spans are decided between these; which of City, Region, Country and Place it is comes after.
GROUPS = {"Person": "Person", "Organization": "Organization", "Facility": "Facility",
          "City": "Location", "Region": "Location", "Country": "Location", "Place": "Location",
          "Nationality": "Nationality", "NamedEvent": "NamedEvent", "Other": "Other"}

LABELS = ["O"] + [prefix + t for t in TYPES for prefix in ("B-", "I-")]
INDEX = {label: i for i, label in enumerate(LABELS)}

GROUP_LABELS = ["O"] + [prefix + g for g in dict.fromkeys(GROUPS.values()) for prefix in ("B-", "I-")]
GROUP_OF = [0] + [GROUP_LABELS.index(prefix + GROUPS[t]) for t in TYPES for prefix in ("B-", "I-")]

# The mention head: the head word of a common noun phrase. The event head: a word that says that something happened.
MENTIONS = ["O", "Person", "Group", "Facility", "Place"]
EVENTS = ["O", "Event"]


class Sentence:
    """Text with spans (start, end, types), stretches that teach nothing, and, where known, further layers.

    `outside` are the types which the annotation would not have marked: a word without a span may be one of them.
    `mentions` and `events` are lists of (start, end, index of label) or None where the set does not say.
    """
    __slots__ = ("text", "spans", "unsure", "outside", "mentions", "events")

    def __init__(self, text, spans, unsure=(), outside="", mentions=None, events=None):
        self.text, self.spans, self.unsure, self.outside = text, sorted(spans), list(unsure), outside
        self.mentions, self.events = mentions, events


class Document:
    """Sentences that belong together (or one alone), and the set they come from."""
    __slots__ = ("source", "sentences")

    def __init__(self, source, sentences):
        self.source, self.sentences = source, sentences
