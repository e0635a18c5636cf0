import { expect, test } from "vitest";
import strings from "../strings.json";
import type { Profile } from "../types";
import { words } from "./language";
import { undeclared } from "./prefixes";
import { address, isWords, outside, route } from "./routes";
import { languageOf } from "./scripts";
import { scale, strip } from "./strip";
import { summary } from "./summary";

const ID = "https://w3id.org/isnad/id/";
const NONE = new URLSearchParams();

test.each([
  ["/", { page: "start" }],
  ["/entity/city/geonames-1", { page: "entity", iri: `${ID}city/geonames-1` }],
  ["/entity/a%2Fb/c", { page: "entity", iri: `${ID}a/b/c` }],
  ["/entity/document/12", { page: "document", iri: `${ID}document/12` }],
  ["/document/12", { page: "document", iri: `${ID}document/12` }],
  ["/ask", { page: "questions" }],
  ["/ask/held-at", { page: "question", name: "held-at" }],
  ["/find", { page: "find" }],
  ["/entity", { page: "unknown" }],
  ["/help/more", { page: "unknown" }],
  ["/%E0%A4%A", { page: "unknown" }],
])("%s is a page", (path, expected) => {
  expect(route(path, NONE)).toEqual(expected);
});

test("every node has an address that leads back to it", () => {
  for (const iri of [`${ID}city/geonames-1`, `${ID}document/1f`, `${ID}person/a?b#c`, "https://example.org/x?y=z"]) {
    const url = new URL(address(iri), "http://localhost");
    expect(route(url.pathname, url.searchParams)).toMatchObject({ iri });
  }
});

test("only addresses of the web lead out", () => {
  expect(outside("https://example.org/a")).toBe("https://example.org/a");
  for (const url of [
    "javascript:alert(1)",
    " JavaScript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "x",
    "",
    null,
  ]) {
    expect(outside(url)).toBeUndefined();
  }
});

test("claims and events are shown by their words", () => {
  expect([`${ID}claim/1`, `${ID}person/1`, "https://example.org/claim/1"].map(isWords)).toEqual([true, false, false]);
});

test("every string has both languages and the same places to fill in", () => {
  const filled = (forms: string | object) =>
    [...new Set([...JSON.stringify(forms).matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort();
  for (const [key, { en, ar }] of Object.entries(strings)) {
    expect(filled(ar), key).toEqual(filled(en));
    expect(typeof en === "string" || "other" in en, key).toBe(true);
    expect(typeof ar === "string" || "other" in ar, key).toBe(true);
  }
});

test("numbers choose their form", () => {
  expect([1, 2, 1000].map((n) => words("en").t("count.documents", { n }))).toEqual([
    "1 document",
    "2 documents",
    "1,000 documents",
  ]);
  expect([1, 2, 3, 11].map((n) => words("ar").t("count.documents", { n }))).toEqual([
    "وثيقة واحدة",
    "وثيقتان",
    "3 وثائق",
    "11 وثيقة",
  ]);
});

test("a query declares what it uses", () => {
  const known = { isnad: "i", rdfs: "r", id: "d" };
  const names = (text: string) => Object.keys(undeclared(text, known));
  expect(names("SELECT * { ?s isnad:heldAt/rdfs:label ?o }")).toEqual(["isnad", "rdfs"]);
  expect(names("PREFIX isnad: <i> SELECT * { ?s isnad:heldAt ?o }")).toEqual([]);
  expect(names("SELECT * { ?s ?p 'isnad:x' , \"id:y\" , <id:z> } # rdfs:label")).toEqual([]);
  expect(names("SELECT ?id { ?x_id:y ?p ?o }")).toEqual([]);
});

test("names in other scripts are told", () => {
  expect(["رغيد (Ragheed)", "Ragheed", "Иван", "علي Иван"].map(languageOf)).toEqual(["ar", undefined, "ru", "ar"]);
});

test("days are drawn as points, bars, and bars without an end", () => {
  const span = scale([{ earliest: "2000-01-01", latest: "2010-01-01" }], 1000);
  expect(span).toBeDefined();
  const x = span?.x ?? (() => 0);
  const [from, to] = [10_957, 14_610];
  expect(strip(from, from, x, 1000)?.kind).toBe("point");
  expect(strip(from, to, x, 1000)?.kind).toBe("bar");
  expect(strip(from, undefined, x, 1000)).toMatchObject({ kind: "open", fades: "end" });
  expect(strip(undefined, to, x, 1000)).toMatchObject({ kind: "open", fades: "start" });
  expect(strip(undefined, undefined, x, 1000)).toBeUndefined();
  expect(scale([{ earliest: null, latest: null }], 1000)).toBeUndefined();
});

test("a summary has facts in order, a few of each, and says how many more there are", () => {
  const linked = (label: string) => ({ label, iri: `${ID}x/${label}`, class: "Prison" });
  const profile = {
    attributes: { occupation: ["pilot"], nisba: ["al-Hamwi"] },
    relations: [
      { property: "heldAt", inverse: false, others: ["a", "b", "c", "d"].map(linked), total: 9 },
      { property: "relativeOf", inverse: true, others: [linked("e")], total: 1 },
    ],
  } as unknown as Profile;
  expect(summary(profile)).toEqual([
    { property: "occupation", inverse: false, values: ["pilot"], nodes: [], more: 0 },
    { property: "heldAt", inverse: false, values: [], nodes: ["a", "b", "c"].map(linked), more: 6 },
  ]);
});
