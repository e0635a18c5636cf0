"""Reads Turtle 1.2 and holds its reifiers against the claims of an export in N-Quads. Prints counts.

usage: turtle12.py QUADS TURTLE12
"""

import json
import sys

import pyoxigraph as ox

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
ENDS = [RDF + "subject", RDF + "predicate", RDF + "object"]


def main():
    quads = list(ox.parse(path=sys.argv[1], format=ox.RdfFormat.N_QUADS))
    claims, plain = {}, set()
    for quad in quads:
        if quad.predicate.value in ENDS and "/id/claim/" in str(quad.subject):
            claims.setdefault(quad.subject, {})[quad.predicate.value] = quad.object
        else:
            plain.add((quad.subject, quad.predicate, quad.object))
    reified, told = {}, set()
    for quad in ox.parse(path=sys.argv[2], format=ox.RdfFormat.TURTLE):
        if quad.predicate.value == RDF + "reifies":
            assert quad.subject not in reified, f"{quad.subject} reifies twice"
            reified[quad.subject] = quad.object
        else:
            told.add((quad.subject, quad.predicate, quad.object))
    assert told == plain, f"missing {list(plain - told)[:3]}, added {list(told - plain)[:3]}"
    assert reified.keys() == claims.keys(), f"{len(reified)} reifiers of {len(claims)} claims"
    for claim, ends in claims.items():
        triple = reified[claim]
        assert [triple.subject, triple.predicate, triple.object] == [ends[end] for end in ENDS], claim
    facts = {(q.subject, q.predicate, q.object) for q in quads if isinstance(q.graph_name, ox.DefaultGraph)}
    accepted = sum((t.subject, t.predicate, t.object) in facts for t in reified.values())
    print(json.dumps({"triples": len(told), "reifiers": len(reified), "accepted": accepted}))


main()
