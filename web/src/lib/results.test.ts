import { expect, test } from "vitest";
import type { Solutions, Term } from "../types";
import { bars, columns, csv, shorten } from "./results";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const text = (value: string): Term => ({ type: "literal", value });
const number = (value: string): Term => ({ type: "literal", value, datatype: `${XSD}integer` });
const table = (vars: string[], rows: (Term | undefined)[][]): Solutions => ({
  head: { vars },
  results: {
    bindings: rows.map((row) => Object.fromEntries(row.flatMap((term, at) => (term ? [[vars[at], term]] : [])))),
  },
});

test("a name and its node are one column, and what is empty is none", () => {
  const given = table(
    ["who_name", "day", "who", "site", "nothing"],
    [[text("Ali"), text("1 May"), { type: "uri", value: "id:1" }, text("Evin"), undefined]],
  );
  expect(columns(given)).toEqual([{ name: "who_name", node: "who" }, { name: "day" }, { name: "site" }]);
});

test("CSV quotes what needs it, and formulas stay text", () => {
  const given = table(
    ["a", "b"],
    [
      [text('say "hi"'), number("-3")],
      [text("=1+1"), undefined],
      [text("@SUM(A1)"), text("two\nlines, one cell")],
    ],
  );
  expect(csv(given)).toBe('a,b\r\n"say ""hi""",-3\r\n\'=1+1,\r\n\'@SUM(A1),"two\nlines, one cell"\r\n');
});

test("a chart is drawn of one column of numbers with names, and of nothing else", () => {
  expect(
    bars(
      table(
        ["kind", "n"],
        [
          [text("a"), number("3")],
          [text("b"), number("4")],
        ],
      ),
    ),
  ).toEqual([
    { label: "a", value: 3 },
    { label: "b", value: 4 },
  ]);
  for (const other of [
    table(["kind", "n"], [[text("a"), number("3")]]),
    table(
      ["kind", "n"],
      [
        [text("a"), text("3")],
        [text("b"), number("4")],
      ],
    ),
    table(
      ["n", "m"],
      [
        [number("1"), number("3")],
        [number("2"), number("4")],
      ],
    ),
    table(
      ["kind", "n", "m"],
      [
        [text("a"), number("1"), number("3")],
        [text("b"), number("1"), number("3")],
      ],
    ),
    table(["kind"], []),
  ]) {
    expect(bars(other)).toEqual([]);
  }
});

test("the longest prefix shortens", () => {
  const prefixes = { a: "http://x/", b: "http://x/y#" };
  expect(["http://x/y#z", "http://x/q", "http://other/"].map((iri) => shorten(iri, prefixes))).toEqual([
    "b:z",
    "a:q",
    "http://other/",
  ]);
});
