"""Reads a folder or zip of CSV tables and prints them as JSON: name → list of rows as objects.

usage: tables.py PATH
"""

import csv
import io
import json
import sys
import zipfile
from pathlib import Path


def files(path):
    if path.is_dir():
        return {file.name: file.read_bytes() for file in sorted(path.iterdir())}
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def main():
    tables = {}
    for name, content in files(Path(sys.argv[1])).items():
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        header = next(rows)
        assert len(set(header)) == len(header), header
        tables[name] = []
        for row in rows:
            assert len(row) == len(header), f"{name}: {row}"
            tables[name].append(dict(zip(header, row)))
    print(json.dumps(tables))


main()
