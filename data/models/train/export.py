"""Writes a checkpoint for the runtime, with reference predictions to test it by. The layout is in README.md.

Usage: export.py CHECKPOINT[,CHECKPOINT…] [FOLDER]
"""
import glob
import json
import os
import random
import sys

import numpy as np
import torch
from safetensors.torch import save_file

import encoder
import evaluate
import labels
import pools
import vocabulary
from tagger import WINDOW, decode, logits, pad, windows

CORPUS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "corpus")
# Odd spellings, scripts and spaces: what a runtime gets wrong first.
ODD = [
    "He was held in Branch 215, Unit 731 and Camp 22.", "SEDNAYA PRISON AND TADMOR PRISON", "U.S. officials met Dr. J. R. O'Neill-Smith.",
    "“We’re free,” said Ali ﬁrst — then Zeynep Yılmaz…", "Fiancé\u00a0of\u2009Nuñez\tin São\u3000Paulo", "Cafe\u0301 de l’E\u0301toile in Zu\u0308rich",
    "习近平 met Владимир Путин in Αθήνα and 서울", "naïve 𝒜lpha 🙂 emoji in Kyiv", "e-mail: someone@example.org or https://example.org/a_b?c=d", "…", "A", "٢١٥ الفرع ٢١٥",
    "ﷺ قال محمّد إنَّ الســـجن في دمشق", "Al‑Hol\u200b camp\u200f in al\u00adHasakah", "___ under_score names: foo_Bar", "1,234.5 km² in ½ hour at 20°C", "İstanbul ISTANBUL ıstanbul", "Ｆｕｌｌ ｗｉｄｔｈ Ｔｏｋｙｏ",
]


def references(count=300, seed=7):
    """Texts of our own: the odd ones, the checks, the sample corpus, then filled templates."""
    found = list(ODD)
    for name in ("checks_en", "checks_ar"):
        found += [d[0] for d in evaluate.documents("", name)]
    for path in sorted(glob.glob(os.path.join(CORPUS, "*.txt"))):
        with open(path, encoding="utf-8") as f:
            found.append(f.read())
    maker = pools.Maker(random.Random(seed))
    while len(found) < count:
        arabic = maker.rng.random() < .25
        found.append(maker.sentence(maker.rng.choice(pools.templates("sentences_ar.txt" if arabic else "sentences_en.txt")), arabic).text)
    # one text longer than a window, without a line end
    found[-1] = " ".join(found[-80:-1]).replace("\n", " ")
    return found


def main():
    folder = sys.argv[2] if len(sys.argv) > 2 else os.path.join(encoder.CACHE, "export")
    os.makedirs(folder, exist_ok=True)
    c, tokenizer, model = evaluate.load(sys.argv[1].split(","))
    kept = vocabulary.load(os.path.join(encoder.CACHE, "data"))
    _, pieces, scores, normaliser, tensors = encoder.read(encoder.fetch())

    weights = {k: v.detach().float().contiguous() for k, v in model.state_dict().items()}
    weights["encoder.position.weight"] = weights["encoder.position.weight"][:WINDOW + 2].contiguous()
    weights["encoder.word.blocks"] = torch.from_numpy(np.ascontiguousarray(tensors["emb.word.blocks"].reshape(-1, c["hidden"] // 32 * 18)[kept]))
    save_file(weights, os.path.join(folder, "tagger.safetensors"))

    with open(os.path.join(folder, "tagger.json"), "w", encoding="utf-8") as f:
        json.dump({"name": "isnad-names", "version": "1", "licence": "CC-BY-SA-4.0", "configuration": c, "window": WINDOW, "labels": labels.LABELS, "types": labels.TYPES, "groups": labels.GROUPS,
                   "mentions": labels.MENTIONS, "events": labels.EVENTS, "pieces": [pieces[i] for i in kept],
                   "scores": [float(scores[i]) for i in kept], "normaliser": normaliser}, f, ensure_ascii=False)

    with open(os.path.join(folder, "reference.jsonl"), "w", encoding="utf-8") as f:
        for text in references():
            for ids, words in windows(tokenizer, text):
                z = logits(model, c, [(ids, words)], half=False)[0]
                x, mask = pad(c, [ids])
                with torch.no_grad():
                    _, mentions, events = model(x, mask)
                at = [w[2] + 1 for w in words]
                rows = lambda v: [[round(float(n), 5) for n in row] for row in v]
                f.write(json.dumps({"text": text, "pieces": ids, "words": words, "names": rows(z), "mentions": rows(mentions[0, at]),
                                    "events": rows(events[0, at]), "spans": decode(z, words)}, ensure_ascii=False) + "\n")
    print(folder, {name: os.path.getsize(os.path.join(folder, name)) for name in sorted(os.listdir(folder))})


if __name__ == "__main__":
    main()
