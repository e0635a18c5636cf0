/** Declaring what a query uses. */

/** The prefixes that a query uses and does not declare. */
export function undeclared(text: string, known: Record<string, string>): Record<string, string> {
  // What stands in quotation marks, in an IRI or after # is no name.
  const bare = text.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|#[^\n]*/g, " ");
  const declared = new Set([...bare.matchAll(/\bPREFIX\s+(\w+):/gi)].map((match) => match[1]));
  const used = new Set([...bare.matchAll(/(?:^|[^\w:?$@-])([A-Za-z]\w*):/g)].map((match) => match[1] ?? ""));
  return Object.fromEntries(Object.entries(known).filter(([prefix]) => used.has(prefix) && !declared.has(prefix)));
}
