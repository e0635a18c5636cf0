// The canvas: where things are on it, and how they look.
const canvas = document.getElementById("canvas");
const pen = canvas.getContext("2d");
const view = { scale: 1, x: 0, y: 0, width: 0, height: 0 };
const dark = matchMedia("(prefers-color-scheme: dark)");
const font = getComputedStyle(document.body).fontFamily;
const outlines = categories.map((category) => new Path2D(category.outline));
const symbols = categories.map((category) => (category.symbol ? new Path2D(category.symbol) : null));
const EDGE_LABEL = 10;
const colours = {};

function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["ground", "text", "halo", "accent"]) colours[name] = style.getPropertyValue("--" + name).trim();
  colours.statuses = statuses.map((status) => (dark.matches ? status.dark : status.light));
}

let asked = false;
function redraw() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => { asked = false; draw(); });
}

function resize() {
  const box = canvas.getBoundingClientRect();
  const ratio = window.devicePixelRatio || 1;
  view.width = box.width;
  view.height = box.height;
  canvas.width = Math.max(1, Math.round(box.width * ratio));
  canvas.height = Math.max(1, Math.round(box.height * ratio));
  redraw();
}

// The curve of an edge as [start, control, end]; null for a loop, which stands on its node.
function curve(edge) {
  const a = nodes[edge.source], b = nodes[edge.target];
  if (a === b) return null;
  const dx = b.x - a.x, dy = b.y - a.y, length = Math.hypot(dx, dy) || 1;
  const bend = edge.bend * 2;
  return [a, { x: (a.x + b.x) / 2 - (dy / length) * bend, y: (a.y + b.y) / 2 + (dx / length) * bend }, b];
}

function onCurve([a, c, b], t) {
  const u = 1 - t;
  return { x: u * u * a.x + 2 * u * t * c.x + t * t * b.x, y: u * u * a.y + 2 * u * t * c.y + t * t * b.y };
}

function loop(edge) {
  const node = nodes[edge.source], r = node.radius, rank = Math.min(edge.bend, 5);
  const foot = r * 0.7, top = (r + 26 + 11 * rank - foot) / 0.75 + foot, side = r * 1.15 + rank * 3;
  return [
    { x: node.x - foot, y: node.y - foot }, { x: node.x - side, y: node.y - top },
    { x: node.x + side, y: node.y - top }, { x: node.x + foot, y: node.y - foot },
  ];
}

function middle(edge) {
  const line = curve(edge);
  if (line) return onCurve(line, 0.5);
  const node = nodes[edge.source];
  return { x: node.x, y: node.y - node.radius - 26 - 11 * Math.min(edge.bend, 5) };
}

function labelBox(node) {
  const top = node.y + node.radius * 1.15 + 3;
  return { left: node.x - node.labelWidth / 2, right: node.x + node.labelWidth / 2, top, bottom: top + node.lines.length * data.line_height };
}

function measureLabels() {
  pen.font = `${data.font_size}px ${font}`;
  for (const node of nodes) node.labelWidth = Math.max(0, ...node.lines.map((line) => pen.measureText(line).width));
}

// The place along a curve, from its end, where it is clear of the node there and its label.
function arrival(line, node, labelled) {
  const box = labelBox(node), reach = node.radius * 1.06 + 3;
  for (let step = 1; step < 50; step++) {
    const t = 1 - step / 100, p = onCurve(line, t);
    const inLabel = labelled && p.x > box.left - 3 && p.x < box.right + 3 && p.y > box.top - 6 && p.y < box.bottom + 2;
    if (Math.hypot(p.x - node.x, p.y - node.y) > reach && !inLabel) return t;
  }
  return 0.5;
}

function draw() {
  const ratio = canvas.width / Math.max(1, view.width);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.fillStyle = colours.ground;
  pen.fillRect(0, 0, view.width, view.height);
  pen.setTransform(ratio * view.scale, 0, 0, ratio * view.scale, ratio * view.x, ratio * view.y);
  const group = highlighted();
  const seen = { left: -view.x / view.scale, top: -view.y / view.scale };
  seen.right = seen.left + view.width / view.scale;
  seen.bottom = seen.top + view.height / view.scale;
  const near = (p, margin) => p.x > seen.left - margin && p.x < seen.right + margin && p.y > seen.top - margin && p.y < seen.bottom + margin;

  const readable = view.scale > 0.62;
  const far = view.scale < 0.4 && edges.length > 400;
  if (far) drawAllPlainly(group);
  for (const edge of edges) {
    if (!edge.visible || (far && !(group && group.edges.has(edge)))) continue;
    const a = nodes[edge.source], b = nodes[edge.target];
    if (Math.max(a.x, b.x) < seen.left - 100 || Math.min(a.x, b.x) > seen.right + 100) continue;
    if (Math.max(a.y, b.y) < seen.top - 100 || Math.min(a.y, b.y) > seen.bottom + 100) continue;
    drawEdge(edge, group, readable);
  }
  const shown = nodes.filter((node) => node.visible && near(node, 160));
  for (const node of shown) drawNode(node, group, far);
  pen.globalAlpha = 1;
  const taken = drawNames(group, near, ratio);
  if (view.scale > 0.8 || (group && group.edges.size)) drawStatements(group, near, taken);
  pen.globalAlpha = 1;
}

// Many edges seen from afar: one stroke for each status, without arrows.
function drawAllPlainly(group) {
  pen.globalAlpha = group ? 0.08 : 0.45;
  pen.lineWidth = 1 / view.scale;
  statuses.forEach((status, id) => {
    pen.strokeStyle = colours.statuses[id];
    pen.beginPath();
    for (const edge of edges) {
      const line = edge.visible && edge.status === id && curve(edge);
      if (!line) continue;
      pen.moveTo(line[0].x, line[0].y);
      pen.quadraticCurveTo(line[1].x, line[1].y, line[2].x, line[2].y);
    }
    pen.stroke();
  });
}

// The control point of the part of a curve between two places.
function between([a, c, b], from, to) {
  const mix = (axis) => (1 - from) * (1 - to) * a[axis] + ((1 - from) * to + from * (1 - to)) * c[axis] + from * to * b[axis];
  return { x: mix("x"), y: mix("y") };
}

function drawEdge(edge, group, labelled) {
  const a = nodes[edge.source], b = nodes[edge.target];
  const strong = group && group.edges.has(edge);
  pen.globalAlpha = group && !strong ? 0.13 : 1;
  pen.strokeStyle = pen.fillStyle = colours.statuses[edge.status];
  pen.lineWidth = (strong ? 2.2 : 1.2 + Math.min(2, Math.log(Math.max(1, edge.evidence.length))) * 0.5) / Math.min(1, Math.max(view.scale, 0.5));
  pen.setLineDash(statuses[edge.status].dash);
  pen.beginPath();
  let tip, back;
  const line = curve(edge);
  if (line) {
    const to = arrival(line, b, labelled), from = 1 - arrival([line[2], line[1], line[0]], a, labelled);
    const start = onCurve(line, from), bent = between(line, from, to);
    tip = onCurve(line, to);
    back = onCurve(line, Math.max(0, to - 0.04));
    pen.moveTo(start.x, start.y);
    pen.quadraticCurveTo(bent.x, bent.y, tip.x, tip.y);
  } else {
    const [p, q, r, s] = loop(edge);
    pen.moveTo(p.x, p.y);
    pen.bezierCurveTo(q.x, q.y, r.x, r.y, s.x, s.y);
    tip = s;
    back = r;
  }
  pen.stroke();
  pen.setLineDash([]);
  const angle = Math.atan2(tip.y - back.y, tip.x - back.x), size = strong ? 10 : 8;
  pen.beginPath();
  pen.moveTo(tip.x, tip.y);
  pen.lineTo(tip.x - size * Math.cos(angle - 0.42), tip.y - size * Math.sin(angle - 0.42));
  pen.lineTo(tip.x - size * Math.cos(angle + 0.42), tip.y - size * Math.sin(angle + 0.42));
  pen.fill();
}

function drawNode(node, group, far) {
  const chosen = state.selected && state.selected.node === node;
  pen.save();
  pen.translate(node.x, node.y);
  pen.scale(node.radius, node.radius);
  pen.fillStyle = pen.strokeStyle = colours.ground;
  pen.lineWidth = 4 / node.radius;
  if (!far) pen.stroke(outlines[node.category]);
  pen.fill(outlines[node.category]);
  pen.globalAlpha = group && !group.nodes.has(node) ? 0.18 : 1;
  if (chosen) {
    pen.strokeStyle = colours.accent;
    pen.lineWidth = 8 / node.radius;
    pen.stroke(outlines[node.category]);
    pen.strokeStyle = colours.ground;
    pen.lineWidth = 3 / node.radius;
    pen.stroke(outlines[node.category]);
  }
  pen.fillStyle = categories[node.category].fill;
  pen.fill(outlines[node.category]);
  if (symbols[node.category] && node.radius * view.scale > 6) {
    pen.fillStyle = "#fff";
    pen.fill(symbols[node.category], "evenodd");
  }
  pen.restore();
}

// Names in order of importance; from afar they keep a readable size and those without room are left out.
function drawNames(group, near, ratio) {
  const size = Math.max(data.font_size, 10.5 / view.scale), grow = size / data.font_size;
  const first = (node) => (group && group.nodes.has(node) ? 0 : 1);
  const order = group ? [...byDegree].sort((a, b) => first(a) - first(b)) : byDegree;
  const taken = [];
  pen.textAlign = "center";
  pen.textBaseline = "alphabetic";
  pen.lineJoin = "round";
  pen.font = `${size}px ${font}`;
  pen.strokeStyle = colours.halo;
  pen.lineWidth = 3.5 * grow;
  for (const node of order) {
    if (!node.visible || !near(node, 160 * grow)) continue;
    const box = labelBox(node);
    // From afar, some air between the names lets the nodes be seen.
    const air = grow > 1.3 ? 10 * grow : 0, half = ((box.right - box.left) / 2) * grow + air;
    const grown = { left: node.x - half, right: node.x + half, top: box.top - air, bottom: box.top + (box.bottom - box.top) * grow + air };
    if (grow > 1.02 && taken.some((other) => overlaps(grown, other))) continue;
    taken.push(grown);
    const faint = group && !group.nodes.has(node);
    if (faint && grow > 1.02) { taken.pop(); continue; }
    pen.globalAlpha = faint ? 0.25 : 1;
    pen.fillStyle = colours.text;
    node.lines.forEach((text, line) => {
      const y = box.top + (line + 0.78) * data.line_height * grow;
      pen.strokeText(text, node.x, y);
      pen.fillText(text, node.x, y);
    });
  }
  for (const node of nodes) {
    if (node.visible) taken.push({ left: node.x - node.radius, right: node.x + node.radius, top: node.y - node.radius, bottom: node.y + node.radius });
  }
  return taken;
}

function drawStatements(group, near, taken) {
  const size = EDGE_LABEL / Math.min(1, view.scale);
  pen.font = `${size}px ${font}`;
  pen.strokeStyle = colours.halo;
  pen.lineWidth = 4;
  const candidates = edges.filter((edge) => edge.visible && edge.label && (!group || group.edges.has(edge)));
  if (candidates.length > 400 && !group && view.scale < 1) return;
  pen.globalAlpha = 1;
  for (const edge of candidates) {
    const line = curve(edge);
    const text = edge.label.length > 26 ? edge.label.slice(0, 25) + "…" : edge.label;
    if (!near(middle(edge), 100)) continue;
    const half = pen.measureText(text).width / 2 + 2;
    for (const t of line ? [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74] : [0.5]) {
      const p = line ? onCurve(line, t) : middle(edge);
      const box = { left: p.x - half, right: p.x + half, top: p.y - size * 0.65, bottom: p.y + size * 0.65 };
      if (taken.some((other) => overlaps(box, other))) continue;
      taken.push(box);
      pen.fillStyle = colours.statuses[edge.status];
      pen.strokeText(text, p.x, p.y + size * 0.35);
      pen.fillText(text, p.x, p.y + size * 0.35);
      break;
    }
  }
}

function overlaps(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

// What is at a point of the screen: {node}, {edge} or null.
function at(screenX, screenY, reach = 7) {
  const p = { x: (screenX - view.x) / view.scale, y: (screenY - view.y) / view.scale };
  const slack = Math.min(12, reach / view.scale);
  let best = null, bestDistance = Infinity;
  for (const node of nodes) {
    if (!node.visible) continue;
    const distance = Math.hypot(p.x - node.x, p.y - node.y) - node.radius;
    const box = labelBox(node);
    const inLabel = view.scale > 0.6 && p.x > box.left && p.x < box.right && p.y > box.top - 3 && p.y < box.bottom;
    if ((distance < slack / 2 || inLabel) && distance < bestDistance) [best, bestDistance] = [{ node }, distance];
  }
  if (best) return best;
  bestDistance = slack;
  for (const edge of edges) {
    if (!edge.visible) continue;
    const line = curve(edge);
    let before = null;
    for (let step = 0; step <= 16; step++) {
      const here = line ? onCurve(line, step / 16) : onLoop(loop(edge), step / 16);
      const distance = before ? toSegment(p, before, here) : Infinity;
      if (distance < bestDistance) [best, bestDistance] = [{ edge }, distance];
      before = here;
    }
  }
  return best;
}

function onLoop([p, q, r, s], t) {
  const u = 1 - t, w = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  const sum = (axis) => w[0] * p[axis] + w[1] * q[axis] + w[2] * r[axis] + w[3] * s[axis];
  return { x: sum("x"), y: sum("y") };
}

function toSegment(p, a, b) {
  const dx = b.x - a.x, dy = b.y - a.y;
  const t = Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

