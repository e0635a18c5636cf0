"""Measures of a graph by networkx: a file of edges, one JSON pair a line, and one of communities, a JSON list a line."""

import json
import sys

import networkx
from networkx.algorithms.link_analysis import pagerank_alg

edges, communities = sys.argv[1:]
graph = networkx.Graph()
for line in open(edges, encoding="utf-8"):
    one, other = json.loads(line)
    if one != other:
        graph.add_edge(one, other)
groups = [set(json.loads(line)) for line in open(communities, encoding="utf-8")]
print(
    json.dumps(
        {
            "nodes": graph.number_of_nodes(),
            "edges": graph.number_of_edges(),
            "degree": dict(graph.degree()),
            "betweenness": networkx.betweenness_centrality(graph),
            # The one that needs no NumPy.
            "pagerank": pagerank_alg._pagerank_python(graph, tol=1e-12, max_iter=1000),
            "components": sorted((len(part) for part in networkx.connected_components(graph)), reverse=True),
            "modularity": networkx.community.modularity(graph, groups),
            "louvain": networkx.community.modularity(graph, networkx.community.louvain_communities(graph, seed=1)),
            "connected": all(networkx.is_connected(graph.subgraph(group)) for group in groups),
        }
    )
)
