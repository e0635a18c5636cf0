// The panel beside the graph. All text is set as text.
const panel = document.getElementById("panel");
const MOST_LINKS = 300;

function element(name, className, text, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== null && text !== undefined && text !== "") {
    made.textContent = text;
    made.dir = "auto";
  }
  made.append(...children);
  return made;
}

// The sign of a category or status, as on the canvas.
function drawing(width, ...paths) {
  const space = "http:" + "//www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("viewBox", width);
  svg.setAttribute("aria-hidden", "true");
  for (const attributes of paths) {
    const path = document.createElementNS(space, "path");
    for (const [name, value] of Object.entries(attributes)) path.setAttribute(name, value);
    svg.append(path);
  }
  return svg;
}

function categoryIcon(id) {
  const { outline, fill, symbol } = categories[id];
  return drawing("-1.2 -1.2 2.4 2.4", { d: outline, fill }, { d: symbol, fill: "#fff", "fill-rule": "evenodd" });
}

function statusIcon(id) {
  const colour = colours.statuses[id];
  return drawing("0 0 18 18",
    { d: "M0 9H12", stroke: colour, "stroke-width": 2, "stroke-dasharray": statuses[id].dash.map((part) => part * 0.6).join(" ") },
    { d: "M18 9L11 5.5V12.5Z", fill: colour });
}

function nodeButton(node) {
  const button = element("button", "", null, categoryIcon(node.category), element("span", "name", node.label || "(no name)"));
  button.type = "button";
  button.addEventListener("click", () => select({ node }, true));
  return button;
}

function showPanel() {
  const chosen = state.selected;
  panel.hidden = !chosen;
  panel.replaceChildren();
  if (!chosen) return;
  const close = element("button", "close", "✕");
  close.type = "button";
  close.setAttribute("aria-label", "Close");
  close.addEventListener("click", () => { select(null); canvas.focus(); });
  panel.append(close, ...(chosen.node ? aboutNode(chosen.node) : aboutEdge(chosen.edge)));
  panel.scrollTop = 0;
}

function aboutNode(node) {
  const parts = [
    element("p", "tag", null, categoryIcon(node.category), element("span", "", node.class || categories[node.category].name)),
    element("h2", "long", node.label || "(no name)"),
  ];
  const list = element("dl");
  const row = (name, value) => list.append(element("dt", "", name), element("dd", "", value));
  if (node.aliases.length) row("Also called", node.aliases.join("\n"));
  list.querySelectorAll("dd").forEach((value) => (value.style.whiteSpace = "pre-line"));
  for (const [name, value] of node.details) row(name, value);
  row("Identifier", node.iri);
  parts.push(list);
  const visible = node.edges.filter((edge) => edge.visible);
  const hidden = node.edges.length - visible.length;
  parts.push(element("h3", "", visible.length === 1 ? "1 connection" : `${visible.length} connections`));
  const links = element("ul", "links");
  for (const edge of visible.slice(0, MOST_LINKS)) links.append(element("li", "", null, linkButton(node, edge)));
  parts.push(links);
  if (visible.length > MOST_LINKS) parts.push(element("p", "soft", `and ${visible.length - MOST_LINKS} more`));
  if (hidden) parts.push(element("p", "soft", `${hidden} hidden by the filters`));
  return parts;
}

function linkButton(node, edge) {
  const out = edge.source === node.id;
  const other = nodes[out ? edge.target : edge.source];
  const words = element("span", "name", null,
    element("span", "said", out ? `${edge.label} →` : `← ${edge.label}`), element("bdi", "", other.label || "(no name)"));
  const count = edge.evidence.length;
  const passages = element("span", "passages", count === 1 ? "1 passage" : `${count} passages`);
  const button = element("button", "", null, categoryIcon(other.category), words, passages);
  button.type = "button";
  button.addEventListener("click", () => select({ edge }, true));
  return button;
}

function aboutEdge(edge) {
  const between = element("div", "between", null, statusIcon(edge.status), element("span", "", edge.label));
  return [
    element("p", "tag", statuses[edge.status].name),
    element("div", "ends", null, nodeButton(nodes[edge.source]), between, nodeButton(nodes[edge.target])),
    element("h3", "", edge.evidence.length === 1 ? "Evidence: 1 passage" : `Evidence: ${edge.evidence.length} passages`),
    ...edge.evidence.map(aboutEvidence),
  ];
}

function aboutEvidence(evidence) {
  const about = [evidence.publisher, evidence.date].filter(Boolean).join(", ");
  const name = /^https?:\/\/[^\s]+$/.test(evidence.document) ? element("a", "", evidence.document) : element("strong", "", evidence.document || "the document");
  if (name.localName === "a") Object.assign(name, { href: evidence.document, rel: "noopener noreferrer", target: "_blank" });
  const document_ = element("li", "", null, name);
  if (about) document_.append(element("span", "soft", ` ${about}`));
  const chain = element("ol", "chain", null, document_);
  chain.setAttribute("aria-label", "Who said it, from the document back to the source");
  evidence.said_by.forEach((speaker, step) => {
    const item = element("li", "", null, element("span", "arrow", "←"), element("bdi", "", speaker));
    item.style.setProperty("--step", Math.min(step + 1, 6));
    chain.append(item);
  });
  const meter = element("meter");
  meter.value = evidence.confidence;
  meter.setAttribute("aria-label", "Confidence");
  return element("article", "evidence", null,
    element("blockquote", "", evidence.quote || "(no words)"), chain,
    element("div", "meter", null, meter, element("span", "", `${Math.round(evidence.confidence * 100)}% sure`)),
    element("div", "soft", `${evidence.rule ? `Rule ${evidence.rule}, ` : ""}characters ${evidence.start}–${evidence.end}`));
}

