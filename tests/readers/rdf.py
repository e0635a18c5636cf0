"""Are the triples of several files one graph? Prints how many there are.

usage: rdf.py QUADS FILE…   QUADS is N-Quads, the others by their extensions; a file of triples holds the facts alone.
"""

import json
import sys
from pathlib import Path

from pyld import jsonld
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

FORMATS = {".ttl": "turtle", ".nt": "nt", ".nq": "nquads", ".trig": "trig", ".rdf": "xml", ".jsonld": "json-ld"}


def graphs(dataset):
    """Name of every graph that has triples to its triples; no name for the facts."""
    found = {}
    for graph in dataset.graphs():
        own = Graph()
        for triple in graph:
            own.add(triple)
        if len(own):
            name = graph.identifier
            found["" if name == DATASET_DEFAULT_GRAPH_ID else str(name)] = own
    return found


def read(path, text=None):
    dataset = Dataset()
    dataset.parse(data=text or path.read_text(encoding="utf-8"), format="nquads" if text else FORMATS[path.suffix])
    return graphs(dataset)


def compare(name, one, other):
    if one.keys() != other.keys():
        sys.exit(f"{name}: graphs differ: {sorted(one.keys() ^ other.keys())}")
    for graph in one:
        if not isomorphic(one[graph], other[graph]):
            missing, added = one[graph] - other[graph], other[graph] - one[graph]
            sys.exit(f"{name}: graph <{graph}>: missing {list(missing)[:3]}, added {list(added)[:3]}")


def main():
    quads, *files = map(Path, sys.argv[1:])
    expected = read(quads)
    for path in files:
        found = read(path)
        triples_only = path.suffix in (".ttl", ".nt", ".rdf")
        compare(path.name, {"": expected[""]} if triples_only else expected, found)
        if path.suffix == ".jsonld":
            document = json.loads(path.read_text(encoding="utf-8"))
            text = jsonld.to_rdf(document, {"format": "application/n-quads", "base": "urn:base:"})
            compare(f"{path.name} by pyld", expected, read(path, text))
    counts = {name: len(graph) for name, graph in expected.items()}
    print(json.dumps({"facts": counts.pop(""), "graphs": len(counts), "claims": sum(counts.values())}))


main()
