"""Reads a graph file with networkx and prints its nodes and edges as JSON.

usage: graphs.py FILE   (.graphml or .gexf)
"""

import json
import sys
from pathlib import Path

import networkx
from lxml import etree


def gexf(path):
    """networkx knows GEXF up to 1.2draft; what is written here differs in the name of the namespace alone."""
    text = path.read_text(encoding="utf-8")
    text = text.replace("http://gexf.net/1.3/viz", "http://www.gexf.net/1.2draft/viz")
    text = text.replace('xmlns="http://gexf.net/1.3"', 'xmlns="http://www.gexf.net/1.2draft"')
    text = text.replace('version="1.3"', 'version="1.2"').replace(' timerepresentation="interval"', "")
    old = path.with_suffix(".1_2.gexf")
    old.write_text(text, encoding="utf-8")
    return networkx.read_gexf(old, version="1.2draft")


def main():
    path = Path(sys.argv[1])
    etree.parse(str(path), etree.XMLParser(resolve_entities=False, huge_tree=True))
    graph = gexf(path) if path.suffix == ".gexf" else networkx.read_graphml(path, force_multigraph=True)
    nodes = {name: {key: str(value) for key, value in data.items()} for name, data in graph.nodes(data=True)}
    edges = [
        {"source": one, "target": other, **{key: str(value) for key, value in data.items()}}
        for one, other, data in graph.edges(data=True)
    ]
    print(json.dumps({"nodes": nodes, "edges": edges}))


main()
