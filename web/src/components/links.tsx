/** Names of nodes, as links to what is known of them. */

import { useWords } from "../lib/language";
import { address, outside, set, term } from "../lib/routes";
import { languageOf } from "../lib/scripts";
import { useKind, useTerms } from "../lib/vocabulary";
import type { Linked, Source } from "../types";

/** Longer names are cut where they are links; their own page shows them whole. */
const LONGEST = 160;

/** Words of a document: isolated, so that nothing in them turns the page around. */
export function Words({ text, longest = LONGEST }: { text: string; longest?: number }) {
  const letters = text.length > longest ? Array.from(text) : undefined;
  const shown = letters && letters.length > longest ? `${letters.slice(0, longest).join("")}…` : text;
  return (
    <bdi dir="auto" lang={languageOf(shown)}>
      {shown}
    </bdi>
  );
}

export function EntityLink({ to }: { to: Linked }) {
  const kind = useKind()(to.class);
  return (
    <a class={`entity ${kind}`} href={address(to.iri)}>
      <Words text={to.label} />
    </a>
  );
}

export function ClassLabel({ name }: { name: string }) {
  const terms = useTerms();
  const kind = useKind()(name);
  return <span class={`class ${kind}`}>{terms.class(name)}</span>;
}

/** A document by its title, or by where it came from. */
export function SourceLink({ source, at }: { source: Source; at?: string }) {
  return (
    <a href={address(source.iri) + (at ? `?at=${at}` : "")}>
      <Words text={source.title ?? fileName(source.source)} />
    </a>
  );
}

/** The last part of a path or URL. */
export function fileName(path: string): string {
  return path.replace(/[?#]$/, "").split("/").filter(Boolean).pop() ?? path;
}

/** The original of a document, where its address is one of the web. */
export function Original({ url }: { url: string | null }) {
  const { t } = useWords();
  const href = outside(url);
  if (!href) return null;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer external">
      {t("evidence.original")} <span aria-hidden="true">↗</span>
    </a>
  );
}

/** Opens the words behind a statement. */
export function EvidenceButton(props: { subject: string; property?: string; object?: string; what: string }) {
  const { t } = useWords();
  const label = t("evidence.show", { what: props.what });
  const open = () =>
    set({ show: props.subject, p: props.property ? term(props.property) : undefined, o: props.object });
  return (
    <button type="button" class="evidence-button" aria-label={label} title={t("evidence")} onClick={open}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M2 12V8.5C2 5.8 3.6 4 6 3.5v1.6C4.7 5.6 4 6.5 4 7.6h2.3V12zm7.500 0V8.500c0-2.700 1.600-4.500 4-5v1.600c-1.300.5-2 1.400-2 2.500h2.300V12z" />
      </svg>
    </button>
  );
}
