/** Addresses of pages, and which page an address is. */

import { useEffect, useState } from "preact/hooks";

const ID = "https://w3id.org/isnad/id/";
const ONTOLOGY = "https://w3id.org/isnad/ontology#";
export const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

export type Route =
  | { page: "start" }
  | { page: "find" }
  | { page: "entity"; iri: string }
  | { page: "document"; iri: string }
  | { page: "questions" }
  | { page: "question"; name: string }
  | { page: "sparql" }
  | { page: "help" }
  | { page: "unknown" };

/** The page of a path. */
export function route(path: string, query: URLSearchParams): Route {
  let parts: string[];
  try {
    parts = path.split("/").filter(Boolean).map(decodeURIComponent);
  } catch {
    return { page: "unknown" };
  }
  const [first, ...rest] = parts;
  if (first === undefined) return { page: "start" };
  if (first === "entity" && rest.length > 0) {
    const local = rest.join("/");
    return local.startsWith("document/") ? { page: "document", iri: ID + local } : { page: "entity", iri: ID + local };
  }
  const iri = query.get("iri");
  if (first === "entity" && iri) return { page: "entity", iri };
  if (first === "document" && rest.length === 1) return { page: "document", iri: `${ID}document/${rest[0]}` };
  if (first === "ask" && rest.length === 0) return { page: "questions" };
  if (first === "ask" && rest.length === 1) return { page: "question", name: rest[0] ?? "" };
  if ((first === "find" || first === "sparql" || first === "help") && rest.length === 0) return { page: first };
  return { page: "unknown" };
}

/** Where a node is shown. */
export function address(iri: string): string {
  if (!iri.startsWith(ID)) return `/entity?iri=${encodeURIComponent(iri)}`;
  const local = iri.slice(ID.length).split("/").map(encodeURIComponent);
  return local[0] === "document" ? `/${local.join("/")}` : `/entity/${local.join("/")}`;
}

/** Whether an IRI is that of a node of the graph, which has a page. */
export function isNode(iri: string): boolean {
  return iri.startsWith(ID);
}

/** Whether an IRI is that of a claim, event or figure, which is best shown by its words. */
export function isWords(iri: string): boolean {
  return /^(claim|event|figure)\//.test(iri.startsWith(ID) ? iri.slice(ID.length) : "");
}

/** The IRI of a term of the ontology. */
export function term(local: string): string {
  return local === "type" ? TYPE : ONTOLOGY + local;
}

/** The local name of a term of the ontology. */
export function localName(iri: string): string | undefined {
  return iri.startsWith(ONTOLOGY) ? iri.slice(ONTOLOGY.length) : undefined;
}

/** Only these lead out of the pages: whatever else a document calls its address stays text. */
export function outside(url: string | null): string | undefined {
  if (!url) return undefined;
  try {
    const { protocol } = new URL(url);
    return protocol === "https:" || protocol === "http:" ? url : undefined;
  } catch {
    return undefined;
  }
}

export interface Place {
  path: string;
  query: URLSearchParams;
}

const here = (): Place => ({ path: location.pathname, query: new URLSearchParams(location.search) });
const listeners = new Set<() => void>();

/** Goes to another page. */
export function go(address: string, options: { replace?: boolean } = {}): void {
  if (options.replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  for (const listener of listeners) listener();
}

/** Changes a part of the query of this page's address. */
export function set(values: Record<string, string | undefined>, options: { replace?: boolean } = {}): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  go(location.pathname + (text ? `?${text}` : "") + location.hash, options);
}

/** Where we are; the page is drawn again where that changes. */
export function usePlace(): Place {
  const [place, move] = useState(here);
  useEffect(() => {
    const moved = () => move(here());
    listeners.add(moved);
    window.addEventListener("popstate", moved);
    return () => {
      listeners.delete(moved);
      window.removeEventListener("popstate", moved);
    };
  }, []);
  return place;
}

/** Follows links to other pages without loading them anew. */
export function follow(event: MouseEvent): void {
  if (
    event.defaultPrevented ||
    event.button !== 0 ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey ||
    event.altKey
  ) {
    return;
  }
  const link = (event.target as Element | null)?.closest("a");
  if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
  if (link.hash && link.pathname === location.pathname && link.search === location.search) return;
  event.preventDefault();
  go(link.pathname + link.search + link.hash);
  window.scrollTo(0, 0);
  document.getElementById("main")?.focus({ preventScroll: true });
}
