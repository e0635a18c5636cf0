/** All that a search finds. */

import { Busy, Failed, useTitle } from "../components/notes";
import { HitLine, Search } from "../components/search";
import { api } from "../lib/api";
import { useWords } from "../lib/language";
import { address, set } from "../lib/routes";
import { useAnswer } from "../lib/use";

const MOST = 100;
const KINDS = ["Person", "Facility", "Organization", "Location"] as const;

export function Find({ text, type }: { text: string; type: string | undefined }) {
  const { t } = useWords();
  useTitle(text ? `${t("search")}: ${Array.from(text).slice(0, 60).join("")}` : t("search"));
  const { value, problem, busy } = useAnswer(
    (signal) => (text ? api.search(text, { type, limit: MOST }, signal) : undefined),
    [text, type],
  );
  const choice = (kind: string | undefined, label: string) => (
    <button
      key={label}
      type="button"
      aria-pressed={kind === type}
      onClick={() => set({ type: kind }, { replace: true })}
    >
      {label}
    </button>
  );
  return (
    <div class="find">
      <h1>{t("search")}</h1>
      <Search large text={text} />
      {/* biome-ignore lint/a11y/useSemanticElements: buttons, not fields of a form */}
      <div class="choices" role="group" aria-label={t("search.every")}>
        {choice(undefined, t("search.every"))}
        {KINDS.map((kind) => choice(kind, t(`kind.${kind}`)))}
      </div>
      {problem && <Failed problem={problem} />}
      {busy && !value && <Busy />}
      {value && !problem && (
        <>
          <p class="quiet" role="status">
            {value.length ? t("search.found", { n: value.length }) : t("search.nothing")}
          </p>
          <ol class="hits">
            {value.map((hit) => (
              <li key={hit.iri}>
                <a href={address(hit.iri)}>
                  <HitLine hit={hit} />
                </a>
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}
