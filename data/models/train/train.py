"""Fine-tunes the encoder. Usage: train.py RUN [--from CHECKPOINT] [--seed N] [--pieces N] [--rate R] …

A run is a folder of the cache: `last.pt` (everything, to go on after a stop; written every few minutes), `best.pt`
(the averaged weights that did best on the selection set), `log.txt`. The same arguments and number of threads give
the same batches; the sums of two threads may differ in the last bits.
"""
import argparse
import os
import random
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import augment
import encoder
import evaluate
import labels
import pools
import readers
import vocabulary
from labels import Document
from tagger import Tagger, pad, predict

# How often each set is seen in a pass.
REPEAT = {"crossner": 2.0, "gum": 3.0, "wnut": 0.8, "btc": 0.7, "litbank": 0.15, "ewt": 0.5}

# Sets of running text: most of their sentences without a name are left out, to spend the time where the names are.
DENSE = {"gum", "litbank", "ewt"}


def point(text):
    pieces, part = text.split(":")
    return float(pieces), float(part)


def rate_part(seen, warm, fall):
    """Part of the full rate after so many pieces: rising while warming up, then between the points of `fall`."""
    pieces, parts = zip(*fall)
    return min(seen / warm + .02, max(.01, float(np.interp(seen, pieces, parts))))


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument("run")
    p.add_argument("--data", required=True, help="folder with the archives of the training sets")
    p.add_argument("--bench", help="folder of the benchmark; selects on worldwide")
    p.add_argument("--start", help="checkpoint to start from")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--batch", type=int, default=1200, help="pieces a batch")
    p.add_argument("--rate", type=float, default=1.5e-4)
    p.add_argument("--warm", type=float, default=1.5e5, help="pieces until the rate is reached")
    p.add_argument("--fall", type=point, nargs="+", default=[(1.2e6, 1.0), (3e6, 0.0)], metavar="PIECES:PART",
                   help="which part of the rate is left after so many pieces; in between it falls evenly; the last is the end")
    p.add_argument("--decay", type=float, default=0.93, help="learning rate of a layer relative to the one above")
    p.add_argument("--frozen", type=int, default=4, help="layers, from below, that are not trained")
    p.add_argument("--english", type=int, default=1200, help="documents of template sentences a pass")
    p.add_argument("--arabic", type=int, default=650)
    p.add_argument("--side", type=float, default=0.15, help="weight of the mention and event heads")
    p.add_argument("--every", type=float, default=5e5, help="pieces between evaluations")
    p.add_argument("--threads", type=int, default=2)
    return p.parse_args()


def allowed(s, words):
    """For each word the labels that the annotation allows."""
    mask, opening = torch.zeros(len(words), len(labels.LABELS), dtype=torch.bool), set()
    outside = [0] + [labels.INDEX[p + t] for t in s.outside.split("|") if t for p in ("B-", "I-")]
    spans = iter(s.spans + [(10**9, 10**9, "")])
    start, end, types = next(spans)
    for i, (a, b, _) in enumerate(words):
        while a >= end:
            start, end, types = next(spans)
        if a < end and b > start:
            prefixes = ["I-"] if start in opening else ["B-"]
            opening.add(start)
            if types == labels.PROPER:
                types, prefixes = "|".join(labels.TYPES), prefixes + ["B-"]
            mask[i, [labels.INDEX[p + t] for t in types.split("|") for p in prefixes]] = True
        elif any(x < b and y > a for x, y in s.unsure):
            mask[i] = True
        else:
            mask[i, outside] = True
    return mask


def layer(marks, words):
    """For each word the index of its label in another layer, -1 where nothing is known."""
    if marks is None:
        return torch.full((len(words),), -1)
    at = {a: k for a, _, k in marks}
    return torch.tensor([at.get(a, 0) for a, _, _ in words])


def examples(documents, tokenizer, rng):
    """(pieces, places of the words' first pieces, allowed labels, mentions, events): sentences that follow each other
    are packed into windows of varied size."""
    out = []
    for d in documents:
        size, current = rng.choice([48, 90, 126, 180, 254]), None
        for s in d.sentences:
            ids, words = encoder.split(tokenizer, s.text)
            if len(ids) > 254:
                ids, words = ids[:254], [w for w in words if w[2] < 254]
            if not words:
                continue
            new = (ids, [w[2] for w in words], allowed(s, words), layer(s.mentions, words), layer(s.events, words))
            if current and len(current[0]) + len(ids) <= size:
                offset = len(current[0])
                current = (current[0] + ids, current[1] + [p + offset for p in new[1]],
                           *(torch.cat([a, b]) for a, b in zip(current[2:], new[2:])))
            else:
                out += [current] if current else []
                current = new
        out += [current] if current else []
    return out


def one_pass(documents, maker, options):
    """The documents of one pass: sampled, lone sentences put together, names changed, templates filled."""
    rng, chosen, lone = maker.rng, [], {}
    for d in documents:
        times = REPEAT[d.source]
        if d.source in ("btc", "wnut") and not d.sentences[0].spans and rng.random() > .35:
            continue
        for _ in range(int(times) + (rng.random() < times - int(times))):
            (chosen if len(d.sentences) > 1 else lone.setdefault(d.source, [])).append(d)
    for source, found in lone.items():
        rng.shuffle(found)
        at = 0
        while at < len(found):
            n = rng.choice([1, 1, 2, 3, 4])
            chosen.append(Document(source, [s for d in found[at:at + n] for s in d.sentences]))
            at += n
    for name, count, arabic in (("sentences_en.txt", options.english, False), ("sentences_ar.txt", options.arabic, True)):
        for _ in range(count):
            chosen.append(Document("template", [maker.sentence(rng.choice(pools.templates(name)), arabic)
                                                for _ in range(rng.choice([1, 1, 2, 3, 4]))]))
    rng.shuffle(chosen)
    for d in chosen:
        sentences = d.sentences
        if d.source in DENSE:
            sentences = [s for s in sentences if s.spans or rng.random() < .3]
        if d.source != "template" and rng.random() < .7:
            sentences = augment.swap_names(sentences, maker)
        yield Document(d.source, augment.looks(sentences, rng))


def batches(found, size, rng):
    """Examples of like length together, `size` pieces a batch, in random order."""
    out = []
    for i in range(0, len(found), 1000):
        part, current = sorted(found[i:i + 1000], key=lambda x: len(x[0])), []
        for x in part:
            current.append(x)
            if len(current) * (len(x[0]) + 2) >= size:
                out.append(current)
                current = []
        out += [current] if current else []
    rng.shuffle(out)
    return out


def loss_of(model, c, batch, side):
    x, mask = pad(c, [b[0] for b in batch])
    with torch.autocast("cpu", torch.bfloat16):
        z = model(x, mask)
    rows = torch.cat([torch.full((len(b[1]),), i) for i, b in enumerate(batch)])
    columns = torch.tensor([p + 1 for b in batch for p in b[1]])
    names, mentions, events = (v[rows, columns].float() for v in z)
    ok = torch.cat([b[2] for b in batch])
    # the annotation leaves open which of the allowed labels it is: their probabilities add up
    loss = -torch.logsumexp(F.log_softmax(names, -1).masked_fill(~ok, -1e4), -1).mean()
    for scores, at in ((mentions, 3), (events, 4)):
        gold = torch.cat([b[at] for b in batch])
        if side and (gold >= 0).any():
            loss = loss + side * F.cross_entropy(scores, gold, ignore_index=-1) * (gold >= 0).float().mean()
    return loss


def parameter_groups(model, rate, decay, frozen):
    groups, depth = {}, len(model.encoder.layers)
    for name, p in model.named_parameters():
        if name == "encoder.word.weight" or frozen and (not name.startswith("encoder.layers") and name.startswith("encoder")
                                                        or name.startswith("encoder.layers") and int(name.split(".")[2]) < frozen):
            p.requires_grad = False
            continue
        if not name.startswith("encoder"):
            scale = 10.0
        elif ".layers." in name:
            scale = decay ** (depth - 1 - int(name.split(".")[2]))
        else:
            scale = decay ** depth
        wd = 0.01 if p.dim() > 1 and scale < 10 else 0.0
        groups.setdefault((scale, wd), []).append(p)
    return [{"params": ps, "lr": rate * s, "weight_decay": wd} for (s, wd), ps in groups.items()]


def main():
    o = arguments()
    folder = os.path.join(encoder.CACHE, "runs", o.run)
    os.makedirs(folder, exist_ok=True)
    log = open(os.path.join(folder, "log.txt"), "a", buffering=1)

    def say(*words):
        line = " ".join(map(str, words))
        print(line, flush=True)
        log.write(line + "\n")

    torch.set_num_threads(o.threads)
    torch.manual_seed(o.seed)
    data = readers.unpack(o.data, os.path.join(encoder.CACHE, "data"))
    c, body, tokenizer = encoder.load(kept=vocabulary.load(data))
    model = Tagger(body, c["hidden"])
    if o.start:
        state = torch.load(o.start)
        model.load_state_dict(state.get("average", state), strict=False)
    optimizer = torch.optim.AdamW(parameter_groups(model, o.rate, o.decay, o.frozen), fused=True)
    base = [g["lr"] for g in optimizer.param_groups]
    average = {k: v.clone() for k, v in model.weights().items()}
    documents = readers.everything(data)
    development = evaluate.documents(o.bench, "worldwide") if o.bench else None

    seen = step = number = skip = 0
    best, spent, running, evaluated = 0.0, 0.0, 0.0, 0.0
    last = os.path.join(folder, "last.pt")
    if os.path.exists(last):
        s = torch.load(last)
        model.load_state_dict(s["model"], strict=False)
        optimizer.load_state_dict(s["optimizer"])
        average, seen, step, number, skip, best, spent, evaluated = (s[k] for k in ("average", "seen", "step", "number", "skip", "best", "spent", "evaluated"))
        say("resumed at step", step)
    else:
        say("arguments", vars(o))
    moving = [(k, v) for k, v in model.named_parameters() if v.requires_grad]
    began, saved = time.time() - spent, time.time()

    def check():
        nonlocal best
        kept = {k: v.clone() for k, v in model.weights().items()}
        model.load_state_dict(average, strict=False)
        model.eval()
        result = evaluate.score(development, predict(model, c, tokenizer, [t for t, _ in development]))
        torch.save({"average": average, "step": step}, os.path.join(folder, f"at{seen / 1e6:.1f}M.pt"))
        say(f"step {step} pieces {seen} time {time.time() - began:.0f} " + evaluate.table("worldwide", result))
        if result["ALL"][2] > best:
            best = result["ALL"][2]
            torch.save({"average": average, "step": step, "worldwide": result}, os.path.join(folder, "best.pt"))
        model.load_state_dict(kept, strict=False)
        model.train()

    model.train()
    end = o.fall[-1][0]
    while seen < end:
        # a pass is a function of seed and number, so that a run can go on in the middle of one
        rng = random.Random(f"{o.seed}.{number}")
        found = batches(examples(one_pass(documents, pools.Maker(rng), o), tokenizer, rng), o.batch, rng)
        say(f"pass {number}: {len(found)} batches, {sum(len(x[0]) for b in found for x in b)} pieces, {time.time() - began:.0f} s")
        for at, batch in enumerate(found):
            if at < skip:
                continue
            if seen >= end:
                break
            for g, rate in zip(optimizer.param_groups, base):
                g["lr"] = rate * rate_part(seen, o.warm, o.fall)
            loss = loss_of(model, c, batch, o.side)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            seen += sum(len(b[0]) for b in batch)
            running = .98 * running + .02 * loss.item()
            rate = min(.997, (step + 1) / (step + 20))
            with torch.no_grad():
                for k, v in moving:
                    average[k].lerp_(v, 1 - rate)
            if step % 25 == 0:
                say(f"step {step} pieces {seen} time {time.time() - began:.0f} loss {running / (1 - .98 ** min(step, 500)):.4f}")
            if development and seen - evaluated >= o.every:
                evaluated = seen
                check()
            if time.time() - saved > 300:
                saved = time.time()
                torch.save({"model": model.weights(), "optimizer": optimizer.state_dict(), "average": average, "seen": seen,
                            "step": step, "number": number, "skip": at + 1, "best": best, "spent": saved - began,
                            "evaluated": evaluated}, last + ".part")
                os.replace(last + ".part", last)
        number, skip = number + 1, 0
    if development:
        check()
    torch.save({"average": average, "step": step}, os.path.join(folder, "end.pt"))
    say(f"done: {step} steps, {seen} pieces, {time.time() - began:.0f} s, best {best:.4f}")


if __name__ == "__main__":
    main()
