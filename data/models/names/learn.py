#!/usr/bin/env python3
"""Learns how much each feature of a name counts: features.tsv → names-*.tsv.

    learn.py [--prior ../names-fast.tsv] features.tsv… > ../names-accurate.tsv

Multinomial logistic regression over candidates with a squared penalty, by L-BFGS (scipy). The input
comes from `examples/name_features.rs`; FILE:0.5 makes the examples of a file count half. With a prior the
penalty is on the difference from that table: what few examples say nothing about stays as it is there. The
output is the table that src/extract/names/weights.rs reads. The same input gives the same table.
"""
import argparse
import collections

import numpy as np
import scipy.sparse as sparse
from scipy.optimize import minimize

CLASSES = ["none", "person", "organization", "location", "facility", "nationality", "other"]
# A feature that is rarer says nothing reliable; a smaller weight decides nothing.
RARE, SMALL, PENALTY, STEPS = 8, 0.1, 5.0, 150
# Missing a name costs the F measure more than a doubtful one: what leans towards none leans less.
LEAN = 0.4
# The prior's share where it says what the encoder says, too; the gazetteer the encoder does not know.
SHARE = 0.5
# What the logarithms of the encoder's probabilities count before anything is learned.
TRUST = 0.8


def valued(field):
    """A feature and its value: `#-0.25 name`, or `name` for 1."""
    if field.startswith("#"):
        value, name = field[1:].split(" ", 1)
        return name, float(value)
    return field, 1.0


def examples(path, count):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            yield CLASSES.index(fields[3]), dict(map(valued, fields[4:])), count


def table_of(path):
    """Feature → weights of the classes."""
    with open(path, encoding="utf-8") as lines:
        fields = [line.rstrip("\n").split("\t") for line in lines if not line.startswith("#")]
    return {feature: [float(weight) for weight in weights] for feature, *weights in fields}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("files", nargs="+", help="FILE or FILE:COUNT")
    arguments.add_argument("--prior", help="table that weights are drawn to, in place of zero")
    options = arguments.parse_args()
    rows = []
    for name in options.files:
        path, _, count = name.partition(":")
        rows += examples(path, float(count or 1))
    often = collections.Counter(feature for _, features, _ in rows for feature in features)
    prior = table_of(options.prior) if options.prior else {}
    names = sorted({feature for feature, times in often.items() if times >= RARE} | set(prior))
    number = {feature: at for at, feature in enumerate(names)}
    starts, columns, values = [0], [], []
    for _, features, _ in rows:
        known = sorted((number[feature], value) for feature, value in features.items() if feature in number)
        columns += [column for column, _ in known]
        values += [value for _, value in known]
        starts.append(len(columns))
    shape = (len(rows), len(names))
    table = sparse.csr_matrix((values, columns, starts), shape=shape)
    turned = table.T.tocsr()
    truth = np.array([label for label, _, _ in rows])
    count = np.array([times for _, _, times in rows])
    wanted = np.zeros((len(rows), len(CLASSES)))
    wanted[np.arange(len(rows)), truth] = 1

    start = np.zeros((len(names), len(CLASSES)))
    for feature, row in prior.items():
        share = 1.0 if feature.startswith("gazetteer:") else SHARE
        start[number[feature]] = [share * weight for weight in row]
    if prior:
        start[number["bias"], 0] += LEAN
        # An independent voice adds the logarithms of its probabilities; a class that has few examples gets the
        # trust that the others earn.
        for at, name in enumerate(CLASSES):
            start[number[f"encoder:{name} likelihood"], at] = TRUST

    def loss(flat):
        weights = flat.reshape(len(names), len(CLASSES))
        scores = table @ weights
        scores -= scores.max(1, keepdims=True)
        total = np.exp(scores).sum(1, keepdims=True)
        likely = scores[np.arange(len(rows)), truth] - np.log(total[:, 0])
        slope = turned @ ((np.exp(scores) / total - wanted) * count[:, None]) + PENALTY * (weights - start)
        return -(count * likely).sum() + 0.5 * PENALTY * ((weights - start) ** 2).sum(), slope.ravel()

    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": STEPS, "maxcor": 8})
    weights = found.x.reshape(len(names), len(CLASSES))
    weights[number["bias"], 0] -= LEAN
    print("# feature\t" + "\t".join(CLASSES))
    for feature, row in zip(names, weights):
        if np.abs(row).max() >= SMALL:
            print(feature + "\t" + "\t".join(f"{weight:.2f}" for weight in row))


if __name__ == "__main__":
    main()
