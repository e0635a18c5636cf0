/** A summary of an entity: facts of the graph in a fixed order, and nothing that is not one of them. */

import type { Linked, Profile } from "../types";

/** Properties of which a summary is made, in its order; `^` is read from the other side. */
const ORDER = [
  "occupation",
  "age",
  "citizenOf",
  "comesFrom",
  "locatedIn",
  "headOf",
  "^headOf",
  "worksFor",
  "memberOf",
  "operates",
  "^operates",
  "heldAt",
  "transferredTo",
  "releasedFrom",
  "^heldAt",
  "^releasedFrom",
  "captured",
  "^captured",
];
const SHOWN = 3;
const PARTS = 6;

export interface Part {
  property: string;
  inverse: boolean;
  nodes: Linked[];
  values: string[];
  /** How many there are besides those shown. */
  more: number;
}

export function summary(profile: Profile): Part[] {
  const parts: Part[] = [];
  for (const name of ORDER) {
    const inverse = name.startsWith("^");
    const property = inverse ? name.slice(1) : name;
    const values = inverse ? [] : (profile.attributes[property] ?? []);
    const relation = profile.relations.find((known) => known.property === property && known.inverse === inverse);
    const nodes = relation?.others ?? [];
    const total = values.length + (relation?.total ?? 0);
    if (total === 0) continue;
    const shownValues = values.slice(0, SHOWN);
    const shownNodes = nodes.slice(0, SHOWN - shownValues.length);
    parts.push({
      property,
      inverse,
      values: shownValues,
      nodes: shownNodes,
      more: total - shownValues.length - shownNodes.length,
    });
    if (parts.length === PARTS) break;
  }
  return parts;
}
