"use strict";
// The data as isnad wrote it, what hangs together, and what is shown.
//   nodes: {x, y, radius, lines, category, class, label, aliases, details, iri}
//   edges: {source, target, label, status, bend, evidence}; bend is how far beside the straight line the
//   middle of the edge lies, and for a loop its number among the node's loops; categories and statuses hold the looks.
const data = JSON.parse(document.getElementById("data").textContent);
const { nodes, edges, categories, statuses } = data;

nodes.forEach((node, id) => {
  Object.assign(node, { id, edges: [], visible: true });
  node.words = fold([node.label, ...node.aliases, node.class].join("\n"));
});
edges.forEach((edge, id) => {
  Object.assign(edge, { id, visible: true });
  nodes[edge.source].edges.push(edge);
  if (edge.target !== edge.source) nodes[edge.target].edges.push(edge);
});
const byDegree = [...nodes].sort((a, b) => b.edges.length - a.edges.length || a.id - b.id);

// What the reader has chosen.
const state = {
  categories: categories.map(() => true),
  statuses: statuses.map(() => true),
  selected: null, // {node} or {edge}
  over: null,
  found: null, // a set of nodes while searching
};

// Letters without case, accents and Arabic vowel signs, so that "Ali" finds "Álí".
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}|\u0640/gu, "").replace(/[إأآٱ]/g, "ا").replace(/ى/g, "ي").toLowerCase();
}

function search(query) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const found = byDegree.filter((node) => node.visible && words.every((word) => node.words.includes(word)));
  const starts = (node) => fold(node.label).startsWith(words[0]);
  return [...found.filter(starts), ...found.filter((node) => !starts(node))];
}

function applyFilters() {
  for (const node of nodes) node.visible = state.categories[node.category];
  for (const edge of edges) {
    edge.visible = state.statuses[edge.status] && nodes[edge.source].visible && nodes[edge.target].visible;
  }
}

// The nodes and edges to stand out, or null when none shall.
function highlighted() {
  const chosen = state.selected || state.over;
  if (chosen) {
    const group = { nodes: new Set(), edges: new Set() };
    if (chosen.edge) {
      group.edges.add(chosen.edge);
      group.nodes.add(nodes[chosen.edge.source]).add(nodes[chosen.edge.target]);
    } else {
      group.nodes.add(chosen.node);
      for (const edge of chosen.node.edges) {
        if (!edge.visible) continue;
        group.edges.add(edge);
        group.nodes.add(nodes[edge.source]).add(nodes[edge.target]);
      }
    }
    return group;
  }
  return state.found ? { nodes: state.found, edges: new Set() } : null;
}

