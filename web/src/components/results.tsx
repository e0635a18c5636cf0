/** The answer to a query: a table with links, a file, and a chart where there is one to draw. */

import { useState } from "preact/hooks";
import { useWords } from "../lib/language";
import { bars, columns, csv, heading, isLong, shorten } from "../lib/results";
import { address, isNode, isWords, outside } from "../lib/routes";
import { useVocabulary } from "../lib/vocabulary";
import type { Solutions, Term } from "../types";
import { EvidenceButton, Words } from "./links";

const ROWS = 200;
const LONGEST = 400;

export function Results({ solutions, file }: { solutions: Solutions; file: string }) {
  const { t } = useWords();
  const [shown, show] = useState(ROWS);
  const [chart, setChart] = useState(false);
  if (solutions.boolean !== undefined) {
    return (
      <p class="answer" role="status">
        {t(solutions.boolean ? "results.yes" : "results.no")}
      </p>
    );
  }
  const rows = solutions.results?.bindings ?? [];
  const all = columns(solutions);
  const drawn = bars(solutions);
  if (rows.length === 0) return <p role="status">{t("results.none")}</p>;
  return (
    <section class="results" aria-label={t("results.label")}>
      <div class="heading">
        <p class="quiet" role="status">
          {t("count.rows", { n: rows.length })}
        </p>
        {drawn.length > 0 && (
          <button type="button" aria-pressed={chart} onClick={() => setChart(!chart)}>
            {t("results.chart")}
          </button>
        )}
        <button type="button" onClick={() => download(`${file}.csv`, "text/csv;charset=utf-8", csv(solutions))}>
          {t("results.csv")}
        </button>
      </div>
      {chart && drawn.length > 0 && <Chart all={drawn} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: a table that scrolls within its frame */}
      <div class="scroll" tabIndex={0} role="region" aria-label={t("results.table")}>
        <table>
          <thead>
            <tr>
              {all.map((column) => (
                <th key={column.name} scope="col" class={isLong(column, solutions) ? "long" : undefined}>
                  {heading(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((row, at) => (
              <tr key={at}>
                {all.map(({ name, node }) => (
                  <td key={name} class={row[name]?.datatype ? "value" : undefined}>
                    <Cell term={row[name]} node={node ? row[node] : undefined} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shown && (
        <button type="button" onClick={() => show(shown + ROWS * 5)}>
          {t("results.more")}
        </button>
      )}
    </section>
  );
}

function Cell({ term, node }: { term: Term | undefined; node: Term | undefined }) {
  const { prefixes } = useVocabulary();
  if (!term) return null;
  if (node?.type === "uri") {
    return (
      <a href={address(node.value)}>
        <Words text={term.value} />
      </a>
    );
  }
  if (term.type !== "uri") {
    return <Words text={term.value} longest={LONGEST} />;
  }
  if (isWords(term.value)) return <EvidenceButton subject={term.value} what={shorten(term.value, prefixes)} />;
  if (isNode(term.value)) {
    return (
      <a class="iri" href={address(term.value)}>
        <bdi dir="ltr">{shorten(term.value, prefixes)}</bdi>
      </a>
    );
  }
  const short = shorten(term.value, prefixes);
  const href = short === term.value ? outside(term.value) : undefined;
  return href ? (
    <a href={href} target="_blank" rel="noopener noreferrer external">
      <Words text={short} />
    </a>
  ) : (
    <span class="iri">
      <Words text={short} />
    </span>
  );
}

function Chart({ all }: { all: { label: string; value: number }[] }) {
  const { t, number } = useWords();
  const most = Math.max(1, ...all.map(({ value }) => Math.abs(value)));
  return (
    <ol class="chart" aria-label={t("results.chart")}>
      {all.map(({ label, value }, at) => (
        <li key={at}>
          <span class="label">
            <Words text={label} longest={60} />
          </span>
          <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect width={(Math.abs(value) / most) * 100} height="10" />
          </svg>
          <span class="number">{number(value)}</span>
        </li>
      ))}
    </ol>
  );
}

/** Hands a text to whoever looks, as a file. */
function download(name: string, type: string, text: string): void {
  // Spreadsheets take UTF-8 for what it is only with this mark.
  const url = URL.createObjectURL(new Blob(["\ufeff", text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
