// The hands: pointer, wheel, keys, search and filters.
const field = document.getElementById("search");
const results = document.getElementById("results");
const filters = document.getElementById("filters");
const toggle = document.getElementById("toggle");
const finder = document.getElementById("finder");
const MOST_RESULTS = 100;

function zoom(factor, x = view.width / 2, y = view.height / 2) {
  const scale = Math.min(6, Math.max(0.03, view.scale * factor));
  view.x = x - ((x - view.x) * scale) / view.scale;
  view.y = y - ((y - view.y) * scale) / view.scale;
  view.scale = scale;
  redraw();
}

// The part of the window that no card covers.
function clearing() {
  const narrow = view.width <= 720, margin = 24;
  const card = finder.getBoundingClientRect(), side = panel.hidden ? null : panel.getBoundingClientRect();
  return {
    left: narrow ? margin : card.right + margin,
    top: narrow ? card.bottom + margin / 2 : margin,
    right: narrow || !side ? view.width - margin : side.left - margin,
    bottom: narrow && side ? side.top - margin / 2 : view.height - margin - (narrow ? 50 : 0),
  };
}

function showAll() {
  const free = clearing(), width = Math.max(80, free.right - free.left), height = Math.max(80, free.bottom - free.top);
  view.scale = Math.max(0.03, Math.min(1.25, width / Math.max(1, data.width), height / Math.max(1, data.height)));
  view.x = free.left + (width - data.width * view.scale) / 2;
  view.y = free.top + (height - data.height * view.scale) / 2;
  redraw();
}

// Brings a point of the graph into the clearing if it is not there.
function bringIn(point) {
  const free = clearing(), x = point.x * view.scale + view.x, y = point.y * view.scale + view.y;
  if (x > free.left + 30 && x < free.right - 30 && y > free.top + 30 && y < free.bottom - 50) return;
  view.x += (free.left + free.right) / 2 - x;
  view.y += (free.top + free.bottom) / 2 - y;
}

// Brings what is chosen into the clearing, with its neighbours if they can stay readable.
function bringInGroup(point) {
  const free = clearing(), group = [...highlighted().nodes];
  const reach = (axis) => Math.max(...group.map((node) => Math.abs(node[axis] - point[axis]))) + 80;
  const room = Math.min((free.right - free.left) / 2 / reach("x"), (free.bottom - free.top) / 2 / reach("y"));
  const scale = Math.min(Math.max(room, 0.65), Math.max(view.scale, 0.9));
  zoom(scale / view.scale);
  view.x = (free.left + free.right) / 2 - point.x * view.scale;
  view.y = (free.top + free.bottom) / 2 - point.y * view.scale;
}

function select(chosen, fromKeys = false) {
  state.selected = chosen;
  showPanel();
  if (chosen) {
    const point = chosen.node || middle(chosen.edge);
    if (fromKeys) {
      bringInGroup(point);
      panel.focus({ preventScroll: true });
    } else bringIn(point);
  }
  redraw();
}

function showResults() {
  const query = field.value, found = search(query);
  state.found = query.trim() ? new Set(found) : null;
  const list = query.trim() ? found : document.activeElement === field ? byDegree.filter((node) => node.visible) : [];
  results.hidden = !list.length && !query.trim();
  results.replaceChildren(...list.slice(0, MOST_RESULTS).map((node) => {
    const button = nodeButton(node);
    button.append(element("span", "kind", node.class));
    return element("li", "", null, button);
  }));
  if (list.length > MOST_RESULTS) results.append(element("li", "more", `and ${list.length - MOST_RESULTS} more`));
  if (!list.length) results.append(element("li", "more", "Nothing found"));
  redraw();
}

function showCount() {
  const shownNodes = nodes.filter((node) => node.visible).length, shownEdges = edges.filter((edge) => edge.visible).length;
  const of = (shown, all) => (shown === all ? `${all}` : `${shown} of ${all}`);
  document.getElementById("count").textContent = nodes.length
    ? `${of(shownNodes, nodes.length)} nodes, ${of(shownEdges, edges.length)} statements` : "Nothing to show: the graph is empty";
}

function buildFilters() {
  const build = (place, list, chosen, count, icon) => {
    document.getElementById(place).replaceChildren(...list.flatMap((look, id) => {
      if (!count(id)) return [];
      const box = element("input");
      box.type = "checkbox";
      box.checked = chosen[id];
      box.addEventListener("change", () => {
        chosen[id] = box.checked;
        applyFilters();
        state.over = null;
        showCount();
        showPanel();
        showResults();
      });
      return [element("label", "", null, box, icon(id), element("span", "", look.name), element("span", "number", String(count(id))))];
    }));
  };
  build("categories", categories, state.categories, (id) => nodes.filter((node) => node.category === id).length, categoryIcon);
  build("statuses", statuses, state.statuses, (id) => edges.filter((edge) => edge.status === id).length, statusIcon);
}

function openFilters(open) {
  filters.hidden = !open;
  toggle.setAttribute("aria-expanded", String(open));
  if (open) results.hidden = true;
}

// Pointers on the canvas: one drags a node or the view, two pinch.
const pointers = new Map();
let drag = null;
canvas.addEventListener("pointerdown", (event) => {
  canvas.setPointerCapture(event.pointerId);
  pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  if (pointers.size > 1) { drag = null; return; }
  const hit = at(event.clientX, event.clientY, event.pointerType === "touch" ? 16 : 7);
  drag = { hit, x: event.clientX, y: event.clientY, moved: false };
});
canvas.addEventListener("pointermove", (event) => {
  const before = pointers.get(event.pointerId);
  if (!before) {
    const hit = at(event.clientX, event.clientY);
    const same = hit && state.over ? hit.node === state.over.node && hit.edge === state.over.edge : hit === state.over;
    canvas.classList.toggle("over", Boolean(hit));
    if (!same) { state.over = hit; redraw(); }
    return;
  }
  const now = { x: event.clientX, y: event.clientY };
  if (pointers.size === 2) {
    const other = [...pointers.entries()].find(([id]) => id !== event.pointerId)[1];
    const spread = (p) => Math.hypot(p.x - other.x, p.y - other.y) || 1;
    zoom(spread(now) / spread(before), (now.x + other.x) / 2, (now.y + other.y) / 2);
    view.x += (now.x - before.x) / 2;
    view.y += (now.y - before.y) / 2;
  } else if (drag) {
    drag.moved ||= Math.hypot(now.x - drag.x, now.y - drag.y) > 4;
    if (drag.moved) {
      const target = drag.hit && drag.hit.node;
      const scale = target ? view.scale : 1;
      (target || view).x += (now.x - before.x) / scale;
      (target || view).y += (now.y - before.y) / scale;
      canvas.classList.add("holding");
      redraw();
    }
  }
  pointers.set(event.pointerId, now);
});
const release = (event) => {
  pointers.delete(event.pointerId);
  canvas.classList.remove("holding");
  if (event.type === "pointerup" && drag && !drag.moved) select(drag.hit);
  drag = null;
};
canvas.addEventListener("pointerup", release);
canvas.addEventListener("pointercancel", release);
canvas.addEventListener("pointerleave", () => { if (state.over) { state.over = null; redraw(); } });
canvas.addEventListener("wheel", (event) => {
  event.preventDefault();
  const unit = event.deltaMode === 1 ? 20 : 1;
  zoom(Math.exp(-Math.max(-120, Math.min(120, event.deltaY * unit)) * (event.ctrlKey ? 0.01 : 0.0022)), event.clientX, event.clientY);
}, { passive: false });

canvas.addEventListener("keydown", (event) => {
  const moves = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (moves[event.key]) {
    view.x += moves[event.key][0];
    view.y += moves[event.key][1];
    redraw();
  } else if (event.key === "+" || event.key === "=") zoom(1.25);
  else if (event.key === "-") zoom(0.8);
  else if (event.key === "0") showAll();
  else if (event.key === "Enter") {
    const free = clearing(), x = ((free.left + free.right) / 2 - view.x) / view.scale, y = ((free.top + free.bottom) / 2 - view.y) / view.scale;
    const distance = (node) => Math.hypot(node.x - x, node.y - y);
    const visible = nodes.filter((node) => node.visible);
    if (visible.length) select({ node: visible.reduce((a, b) => (distance(b) < distance(a) ? b : a)) }, true);
  } else return;
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && event.target !== field) {
    event.preventDefault();
    field.focus();
  } else if (event.key === "Escape") {
    if (!results.hidden && finder.contains(event.target)) {
      field.value = "";
      showResults();
      results.hidden = true;
    } else if (state.selected) {
      select(null);
      canvas.focus();
    }
  }
});
field.addEventListener("input", () => { openFilters(false); showResults(); });
field.addEventListener("focus", () => { openFilters(false); showResults(); });
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" || event.key === "ArrowDown") {
    const first = results.querySelector("button");
    if (first && event.key === "Enter") first.click();
    else if (first) first.focus();
    event.preventDefault();
  }
});
results.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const item = event.target.closest("li");
  const next = event.key === "ArrowDown" ? item.nextElementSibling : item.previousElementSibling;
  ((next && next.querySelector("button")) || (event.key === "ArrowUp" ? field : event.target)).focus();
  event.preventDefault();
});
// The list of everything closes when the reader goes elsewhere; a search stays.
document.addEventListener("pointerdown", (event) => {
  if (!finder.contains(event.target) && !field.value.trim()) results.hidden = true;
});
toggle.addEventListener("click", () => openFilters(filters.hidden));
document.getElementById("zoom-in").addEventListener("click", () => zoom(1.3));
document.getElementById("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
document.getElementById("zoom-all").addEventListener("click", showAll);
window.addEventListener("resize", resize);
dark.addEventListener("change", () => { readColours(); buildFilters(); showPanel(); redraw(); });

document.getElementById("title").textContent = data.title;
document.getElementById("subtitle").textContent = data.subtitle || "";
readColours();
measureLabels();
buildFilters();
showCount();
resize();
showAll();
