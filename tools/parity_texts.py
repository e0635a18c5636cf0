"""The texts of the bench, for `parity.py`: every set of the folder that is there, as plain texts."""
import glob
import json
import os
import re
import tarfile
import xml.etree.ElementTree as ElementTree


def json_lines(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def read_json(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def in_tens(lines, separator):
    """Texts of twenty lines each."""
    lines = list(lines)
    return [separator.join(lines[at:at + 20]) for at in range(0, len(lines), 20)]


def column_sentences(path, column):
    """The sentences of a file with a word per line and empty lines or "#" lines between sentences."""
    sentence = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if line.startswith("#doc") or not line.strip():
                if sentence:
                    yield " ".join(sentence)
                sentence = []
            elif len(fields) > column:
                sentence.append(fields[column].strip())
    if sentence:
        yield " ".join(sentence)


def upper_case(data):
    for path in sorted(glob.glob(data + "/muc4/[dt]*.json")):
        for row in json_lines(path):
            yield row["doctext"]


def columns(data):
    for path in sorted(glob.glob(data + "/worldwide/*.tsv")):
        yield from in_tens(column_sentences(path, 0), " ")
    for path in sorted(glob.glob(data + "/conll04/*.txt")):
        yield from in_tens(column_sentences(path, 1), " ")


def reports(data):
    for path in sorted(glob.glob(data + "/re3d/*/documents.jsonl")):
        for row in json_lines(path):
            yield row["text"]
    for path in sorted(glob.glob(data + "/hrdsattack/*.json")):
        for row in read_json(path):
            sample = row["sample"]
            yield sample["Input.title"] + "\n\n" + re.sub(r"<[^>]*>", "\n", sample["Input.article_interface"])


def markup(data):
    for path in sorted(glob.glob(data + "/geoparsing/*.xml")):
        for text in ElementTree.parse(path).getroot().iter("text"):
            yield text.text or ""
    for path in sorted(glob.glob(data + "/ecbplus/*.tar.gz")):
        with tarfile.open(path) as archive:
            for member in sorted(archive.getmembers(), key=lambda member: member.name):
                if member.name.endswith(".xml"):
                    tokens = ElementTree.parse(archive.extractfile(member)).getroot().iter("token")
                    yield " ".join(token.text or "" for token in tokens)


def events(data):
    for path in sorted(glob.glob(data + "/wikievents/dev.jsonl")):
        for row in json_lines(path):
            yield row.get("text") or " ".join(row["tokens"])
    for path in sorted(glob.glob(data + "/rams/dev.jsonlines")):
        for row in json_lines(path):
            yield " ".join(word for sentence in row["sentences"] for word in sentence)


def lists(data):
    for path in sorted(glob.glob(data + "/uner_ewt/*.iob2")):
        with open(path, encoding="utf-8") as lines:
            yield from in_tens((line[9:].strip() for line in lines if line.startswith("# text = ")), "\n")
    for path in sorted(glob.glob(data + "/datetime/*.json")):
        yield from in_tens((case["Input"] for case in read_json(path)), "\n")
    for pattern in ("/name_bench/*.csv", "/ucdp_places/*.csv", "/google_ar2en/*.txt"):
        for path in sorted(glob.glob(data + pattern)):
            with open(path, encoding="utf-8") as lines:
                yield from in_tens((line.rstrip("\n") for line in lines), "\n")


def texts(data, words):
    """About `words` words of all sets together, every n-th text of each."""
    sets = [list(kind(data)) for kind in (upper_case, columns, reports, markup, events, lists)]
    total = sum(len(text.split()) for texts in sets for text in texts)
    if not total:
        raise SystemExit(f"no texts under {data}\nhint: name the folder of the bench in BENCH_DATA")
    step = max(1, total // words) if words else 1
    return [text for texts in sets for text in texts[::step] if text.strip()]
