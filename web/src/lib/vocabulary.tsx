/** What the terms of the ontology are called, which the server says. */

import { type ComponentChildren, createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Vocabulary } from "../types";
import { api } from "./api";
import { isKey, useWords } from "./language";
import { useAnswer } from "./use";

const EMPTY: Vocabulary = { classes: {}, properties: {}, values: {}, prefixes: {} };
const Context = createContext<Vocabulary>(EMPTY);

export const useVocabulary = () => useContext(Context);

export function Knows({ children }: { children: ComponentChildren }) {
  const { value } = useAnswer((signal) => api.vocabulary(signal), []);
  return <Context.Provider value={value ?? EMPTY}>{children}</Context.Provider>;
}

/** Names of terms in the language of the pages; the term itself where there is none. */
export function useTerms() {
  const { classes, properties, values } = useVocabulary();
  const { language, t } = useWords();
  const label = (labels: Partial<Record<string, string>> | undefined, name: string) => labels?.[language] ?? name;
  return {
    class: (name: string) => label(classes[name]?.labels, name),
    property: (name: string) => (name === "type" ? t("role.type") : label(properties[name]?.labels, name)),
    inverse: (name: string) => {
      const key = `inverse.${name}`;
      return isKey(key) ? t(key) : `← ${label(properties[name]?.labels, name)}`;
    },
    value: (scheme: string, name: string) => label(values[`${scheme}-${name}`]?.labels, name),
    above: (name: string) => [name, ...(classes[name]?.above ?? [])],
  };
}

/** The kinds that are told apart by colour. */
export type Kind = "person" | "facility" | "organization" | "place" | "other";

const KINDS: [string, Kind][] = [
  ["People", "person"],
  ["Facility", "facility"],
  ["Organization", "organization"],
  ["Location", "place"],
];

/** The kind of a class, by what stands above it. */
export function useKind(): (name: string | null) => Kind {
  const { above } = useTerms();
  return (name) => {
    if (!name) return "other";
    const all = above(name);
    return KINDS.find(([root]) => all.includes(root))?.[1] ?? "other";
  };
}
