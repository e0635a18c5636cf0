"""What does not conform to shapes, by pySHACL: focus node and constraint of every result, in order.

usage: shacl.py QUADS ONTOLOGY SHAPES   all graphs of QUADS (N-Quads) count together
"""

import json
import sys

from pyshacl import validate
from rdflib import SH, Dataset, Graph

quads, ontology, shapes = sys.argv[1:]
dataset = Dataset()
dataset.parse(quads, format="nquads")
union = Graph()
for subject, predicate, value, _ in dataset.quads():
    union.add((subject, predicate, value))
conforms, report, _ = validate(
    union, shacl_graph=Graph().parse(shapes), ont_graph=Graph().parse(ontology), inference="none", advanced=False
)
found = []
for result in report.subjects(SH.focusNode, None):
    component = str(report.value(result, SH.sourceConstraintComponent)).removeprefix(str(SH))
    if (None, SH.result, result) in report:
        found.append([report.value(result, SH.focusNode).n3(), component])
print(json.dumps({"conforms": conforms, "results": sorted(found)}))
