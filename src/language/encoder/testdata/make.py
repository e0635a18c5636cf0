"""Writes the small model of the encoder's tests, and what the training scripts make of a few lines.

Usage: PYTHONPATH=data/models/train make.py FOLDER-OF-AN-EXPORT
The pieces are those of the lines below; the weights are random.
"""
import json
import os
import sys

import numpy as np
import torch
from safetensors.torch import save_file

import encoder
import labels
from tagger import Tagger, pad

LINES = [
    "He was held in Branch 215, Unit 731 and Camp 22.", "U.S. officials met Dr. J. R. O'Neill-Smith.", "“We’re free,” said Ali ﬁrst — then Zeynep Yılmaz…",
    "Fiancé\u00a0of\u2009Nuñez\tin São\u3000Paulo", "Cafe\u0301 de l’E\u0301toile in Zu\u0308rich", "习近平 met Владимир Путин in Αθήνα and 서울",
    "naïve 𝒜lpha 🙂 emoji in Kyiv", "e-mail: someone@example.org or https://example.org/a_b?c=d", "…", "A", "٢١٥ الفرع ٢١٥", "ﷺ قال محمّد إنَّ الســـجن في دمشق",
    "Al‑Hol\u200b camp\u200f in al\u00adHasakah", "___ under_score names: foo_Bar", "1,234.5 km² in ½ hour at 20°C", "İstanbul ISTANBUL ıstanbul", "Ｆｕｌｌ ｗｉｄｔｈ Ｔｏｋｙｏ",
    "a\u0007b \u0000 c\u001fd", "\u0301 \u0651 lone marks", "", "   ", "👨‍👩‍👧 🇸🇾 family", "नमस्ते दुनिया", "<s> </s> <unk>", "▁ ▁▁ a▁b",
    "Guards moved Samira Haddad from Sednaya Prison to Tadmor Prison in Syria, her sister said in Aleppo.", "أفرج عن سميرة حداد من سجن صيدنايا في سوريا",
]
HIDDEN, LAYERS, INNER, WINDOW = 64, 2, 64, 48


def main():
    folder = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(sys.argv[1], "tagger.json"), encoding="utf-8") as f:
        full = json.load(f)
    whole = encoder.Tokenizer(full["pieces"], full["scores"], full["normaliser"], full["configuration"]["unk"])
    used = {n for line in LINES for n in encoder.split(whole, line)[0]}
    single = {n for n, p in enumerate(full["pieces"]) if len(p) == 1 and any(p in line for line in LINES)}
    kept = sorted({0, 1, 2, 3} | used | single)
    pieces, scores = [full["pieces"][n] for n in kept], [full["scores"][n] for n in kept]
    characters = {c for line in LINES for c in line}
    normaliser = {a: b for a, b in full["normaliser"].items() if a in characters}
    c = dict(full["configuration"], hidden=HIDDEN, layers=LAYERS, heads=HIDDEN // 32, inner=INNER, vocabulary=len(kept), positions=WINDOW + 2)
    tokenizer = encoder.Tokenizer(pieces, scores, normaliser, c["unk"])

    torch.manual_seed(1)
    rng = np.random.default_rng(1)
    model = Tagger(encoder.Encoder(c, 0.0), HIDDEN).eval()
    blocks = rng.integers(0, 256, (len(kept) * HIDDEN // 32, 18), dtype=np.uint8)
    blocks[:, :2] = rng.uniform(0.02, 0.2, (len(blocks), 1)).astype("<f2").view(np.uint8)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    words = (np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], 1).astype(np.float32) - 8) * scale
    with torch.no_grad():
        for name, p in model.named_parameters():
            p.copy_(torch.randn_like(p) * (p.shape[-1] ** -0.5 if p.dim() > 1 else 0.1) + (1.0 if name.endswith(("ln.weight", "norm.weight")) else 0.0))
        model.encoder.word.weight.copy_(torch.from_numpy(words.reshape(len(kept), HIDDEN)))
        model.names.weight.mul_(4)
    weights = {k: v.contiguous() for k, v in model.state_dict().items() if k != "encoder.word.weight"}
    weights["encoder.word.blocks"] = torch.from_numpy(blocks.reshape(len(kept), -1).copy())
    save_file(weights, os.path.join(folder, "tagger.safetensors"))
    with open(os.path.join(folder, "tagger.json"), "w", encoding="utf-8") as f:
        json.dump({"configuration": c, "window": WINDOW, "labels": labels.LABELS, "types": labels.TYPES, "groups": labels.GROUPS,
                   "pieces": pieces, "scores": scores, "normaliser": normaliser}, f, ensure_ascii=False)

    with open(os.path.join(folder, "reference.jsonl"), "w", encoding="utf-8") as f:
        for line in LINES:
            ids, found = encoder.split(tokenizer, line)
            names = []
            if 0 < len(ids) <= WINDOW:
                x, mask = pad(c, [ids])
                with torch.no_grad():
                    names = model(x, mask)[0][0, [w[2] + 1 for w in found]].tolist()
            rows = [[round(n, 4) for n in row] for row in names]
            f.write(json.dumps({"text": line, "pieces": ids, "words": found, "names": rows}) + "\n")


if __name__ == "__main__":
    main()
