"""The tagger: the encoder with three linear heads on the first piece of each word, its windows and its decoding."""
import re

import torch
from torch import nn
from torch.nn import functional as F

import labels
from encoder import split

WINDOW = 254


class Tagger(nn.Module):
    def __init__(self, encoder, hidden):
        super().__init__()
        self.encoder = encoder
        self.names = nn.Linear(hidden, len(labels.LABELS))
        self.mentions = nn.Linear(hidden, len(labels.MENTIONS))
        self.events = nn.Linear(hidden, len(labels.EVENTS))

    def forward(self, ids, mask):
        x = self.encoder.dropout(self.encoder(ids, mask))
        return self.names(x), self.mentions(x), self.events(x)

    def weights(self):
        """Everything but the word vectors, which are not trained."""
        return {k: v for k, v in self.state_dict().items() if k != "encoder.word.weight"}


def windows(tokenizer, text, size=WINDOW):
    """(pieces, words) covering the text: lines are packed into windows of at most `size` pieces. A longer line is cut
    before the last word that starts within the window."""
    out, ids, words = [], [], []
    for line in re.finditer(r"[^\n]+", text):
        pieces, found = split(tokenizer, line.group(), line.start())
        if ids and len(ids) + len(pieces) > size:
            out.append((ids, words))
            ids, words = [], []
        while len(pieces) > size:
            cut = max((w[2] for w in found if 0 < w[2] <= size), default=size)
            kept = [w for w in found if w[2] < cut]
            if kept:
                out.append((pieces[:cut], kept))
            pieces, found = pieces[cut:], [(a, b, p - cut) for a, b, p in found if p >= cut]
        if pieces:
            offset = len(ids)
            ids, words = ids + pieces, words + [(a, b, p + offset) for a, b, p in found]
    return out + ([(ids, words)] if ids else [])


def pad(c, rows):
    """Pieces of windows as one array with bos and eos, and its mask."""
    x = torch.full((len(rows), max(map(len, rows)) + 2), c["pad"])
    for i, ids in enumerate(rows):
        x[i, :len(ids) + 2] = torch.tensor([c["bos"], *ids, c["eos"]])
    return x, x != c["pad"]


def logits(model, c, wins, batch=4096, half=True):
    """Names logits of every word of every window. `batch` is in pieces."""
    order, found, at = sorted(range(len(wins)), key=lambda i: len(wins[i][0])), [None] * len(wins), 0
    with torch.no_grad():
        while at < len(order):
            some = order[at:at + max(1, batch // (len(wins[order[min(at + 15, len(order) - 1)]][0]) + 2))]
            at += len(some)
            x, mask = pad(c, [wins[i][0] for i in some])
            with torch.autocast("cpu", torch.bfloat16, enabled=half):
                z = model(x, mask)[0]
            for row, i in enumerate(some):
                found[i] = z[row, [w[2] + 1 for w in wins[i][1]]].float()
    return found


def _transitions():
    n = len(labels.GROUP_LABELS)
    t = torch.zeros(n, n)
    for i, a in enumerate(labels.GROUP_LABELS):
        for j, b in enumerate(labels.GROUP_LABELS):
            if b[0] == "I" and a[2:] != b[2:]:
                t[i, j] = -1e4
    return t


TRANSITIONS = _transitions()
START = torch.tensor([-1e4 if b[0] == "I" else 0.0 for b in labels.GROUP_LABELS])
GROUP_OF = torch.tensor(labels.GROUP_OF)


def grouped(log_probabilities):
    """Log probabilities of the labels summed within groups: the four kinds of place become Location."""
    out = torch.full((log_probabilities.shape[0], len(labels.GROUP_LABELS)), -torch.inf)
    for i, g in enumerate(labels.GROUP_OF):
        out[:, g] = torch.logaddexp(out[:, g], log_probabilities[:, i])
    return out


def viterbi(scores):
    best, back = scores[0] + START, []
    for row in scores[1:]:
        value, source = (best[:, None] + TRANSITIONS).max(0)
        back.append(source)
        best = value + row
    path = [int(best.argmax())]
    for source in reversed(back):
        path.append(int(source[path[-1]]))
    return path[::-1]


def decode(z, words):
    """Spans (start, end, type, log probability) of a window: spans between groups by Viterbi, then of the kinds of
    place the one with the greatest sum over the span's words."""
    lp = F.log_softmax(z, -1)
    path, spans, open_ = viterbi(grouped(lp)), [], None
    for i, y in enumerate(path + [0]):
        label = labels.GROUP_LABELS[y]
        if open_ is not None and label[0] != "I":
            first, group = open_
            kinds = [t for t in labels.TYPES if labels.GROUPS[t] == group]
            sums = [sum(float(lp[n, labels.INDEX[("B-" if n == first else "I-") + t]]) for n in range(first, i)) for t in kinds]
            k = max(range(len(kinds)), key=sums.__getitem__)
            spans.append((words[first][0], words[i - 1][1], kinds[k], sums[k]))
            open_ = None
        if label[0] == "B":
            open_ = (i, label[2:])
    return spans


def predict(model, c, tokenizer, texts, size=WINDOW, half=True):
    """Spans of each text."""
    wins, owner = [], []
    for i, text in enumerate(texts):
        found = windows(tokenizer, text, size)
        wins, owner = wins + found, owner + [i] * len(found)
    out = [[] for _ in texts]
    for i, w, z in zip(owner, wins, logits(model, c, wins, half=half)):
        out[i] += decode(z, w[1])
    return out
