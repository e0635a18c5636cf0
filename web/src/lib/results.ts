/** Results of queries as tables, files and charts. */

import type { Solutions, Term } from "../types";

const NUMERIC = /#(integer|int|long|decimal|double|float|nonNegativeInteger)$/;
/** Characters of a text that is long. */
const LONG = 90;
/** Bars that can still be told apart. */
const MOST_BARS = 60;

/** A column of a table: a variable, and the one that says which node it names. */
export interface Column {
  name: string;
  node?: string;
}

/**
 * The columns of a table that have anything in them: `?who_name` and `?who` are one, a name that leads to its node.
 */
export function columns({ head, results }: Solutions): Column[] {
  const rows = results?.bindings ?? [];
  const variables = (head.vars ?? []).filter((name) => rows.length === 0 || rows.some((row) => row[name]));
  const named = (name: string) => variables.includes(`${name}_name`);
  return variables
    .filter((name) => !named(name))
    .map((name) => {
      const node = name.endsWith("_name") ? name.slice(0, -"_name".length) : undefined;
      return node && variables.includes(node) ? { name, node } : { name };
    });
}

/** A heading in words. */
export function heading({ name, node }: Column): string {
  return (node ?? name).replaceAll("_", " ");
}

/** CSV after RFC 4180, which spreadsheets do not take for formulas. */
export function csv({ head, results }: Solutions): string {
  const variables = head.vars ?? [];
  const cell = (term: Term | undefined) => {
    const value = term?.value ?? "";
    const number = term?.datatype && NUMERIC.test(term.datatype);
    const safe = !number && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const rows = (results?.bindings ?? []).map((row) => variables.map((name) => cell(row[name])));
  return [variables, ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}

export interface Bar {
  label: string;
  value: number;
}

/** The bars of a chart, where a table has one column of numbers and names beside it; none where it has not. */
export function bars(solutions: Solutions): Bar[] {
  const rows = solutions.results?.bindings ?? [];
  const all = columns(solutions);
  const numeric = (name: string) => rows.some((row) => row[name]) && rows.every((row) => isNumber(row[name]));
  const numbers = all.filter(({ name }) => numeric(name));
  const label = all.find(({ name }) => !numbers.some((number) => number.name === name));
  const [number] = numbers;
  if (!number || numbers.length > 1 || !label || rows.length < 2 || rows.length > MOST_BARS) return [];
  return rows.map((row) => ({ label: row[label.name]?.value ?? "", value: Number(row[number.name]?.value ?? 0) }));
}

function isNumber(term: Term | undefined): boolean {
  return !term || (term.datatype !== undefined && NUMERIC.test(term.datatype) && Number.isFinite(Number(term.value)));
}

/** Whether a column has long texts, which need room. */
export function isLong({ name }: Column, { results }: Solutions): boolean {
  return (results?.bindings ?? []).some((row) => (row[name]?.value.length ?? 0) > LONG && row[name]?.type !== "uri");
}

/** An IRI by one of the prefixes. */
export function shorten(iri: string, prefixes: Record<string, string>): string {
  let best: [string, string] | undefined;
  for (const [prefix, namespace] of Object.entries(prefixes)) {
    if (iri.startsWith(namespace) && namespace.length > (best?.[1].length ?? 0)) best = [prefix, namespace];
  }
  return best ? `${best[0]}:${iri.slice(best[1].length)}` : iri;
}
