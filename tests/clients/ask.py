"""Asks a server as the programs of others do. Arguments: its base URL. Prints one line of JSON."""

import json
import sys

from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, XML, SPARQLWrapper

BASE = sys.argv[1]
CLASS = "https://w3id.org/isnad/ontology#City"
SELECT = f"SELECT ?s WHERE {{ ?s a <{CLASS}> }} ORDER BY ?s"


def wrapper(query, answer, method=None, request=None):
    client = SPARQLWrapper(f"{BASE}/sparql")
    client.setQuery(query)
    client.setReturnFormat(answer)
    if method:
        client.setMethod(method)
    if request:
        client.setRequestMethod(request)
    return client.query().convert()


def rows(result):
    return [row["s"]["value"] for row in result["results"]["bindings"]]


told = {
    "json": rows(wrapper(SELECT, JSON)),
    "posted": rows(wrapper(SELECT, JSON, POST)),
    "posted directly": rows(wrapper(SELECT, JSON, POST, POSTDIRECTLY)),
    "xml": [node.firstChild.data for node in wrapper(SELECT, XML).getElementsByTagName("uri")],
    "csv": wrapper(SELECT, CSV).decode().split()[1:],
    "tsv": [line.strip("<>") for line in wrapper(SELECT, TSV).decode().split()[1:]],
    "ask": wrapper("ASK {}", JSON)["boolean"],
}

construct = f"CONSTRUCT {{ ?s a <{CLASS}> }} WHERE {{ ?s a <{CLASS}> }}"
told["rdfxml"] = len(wrapper(construct, RDFXML))
told["turtle"] = len(Graph().parse(data=wrapper(construct, TURTLE), format="turtle"))
told["n3"] = len(Graph().parse(data=wrapper(construct, N3), format="n3"))

store = Graph(SPARQLStore(f"{BASE}/sparql"))
told["store"] = [str(row.s) for row in store.query(SELECT)]
told["store triples"] = sorted(str(s) for s in store.subjects(None, URIRef(CLASS)))
by_post = Graph(SPARQLStore(f"{BASE}/sparql", method="POST"))
told["store posted"] = [str(row.s) for row in by_post.query(SELECT)]
document = next(iter(store.query("SELECT ?g WHERE { GRAPH ?g { ?c a isnad:Claim } } ORDER BY ?g LIMIT 1"))).g
told["federated"] = len(Graph().query(f"SELECT ?s WHERE {{ SERVICE <{BASE}/sparql> {{ ?s a <{CLASS}> }} }}"))

facts = Graph().parse(f"{BASE}/graphs?default", format="turtle")
told["facts"] = len(facts)
told["graph"] = len(Graph().parse(f"{BASE}/graphs?graph={document}", format="turtle"))
entity = told["json"][0].replace("https://w3id.org/isnad/id", f"{BASE}/entity")
described = Graph().parse(entity)
told["entity"] = (URIRef(told["json"][0]), None, URIRef(CLASS)) in described
told["service"] = len(Graph().parse(f"{BASE}/sparql")) > 5
told["void"] = len(Graph().parse(f"{BASE}/.well-known/void")) > 5
print(json.dumps({"document": str(document), **told}))
