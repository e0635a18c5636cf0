/** What a page says when it has nothing to show. */

import { useEffect } from "preact/hooks";
import type { Problem } from "../lib/api";
import { useWords } from "../lib/language";

export function Busy() {
  const { t } = useWords();
  return (
    <p class="busy" role="status">
      {t("busy")}
    </p>
  );
}

export function Failed({ problem }: { problem: Problem }) {
  const { t } = useWords();
  if (problem.status === 404) return <Missing />;
  return (
    <section class="note bad" role="alert">
      <h2>{t("problem")}</h2>
      <p dir="auto">{problem.status === 0 ? t("problem.offline") : problem.message}</p>
      {problem.hint && (
        <p dir="auto" class="quiet">
          {problem.hint}
        </p>
      )}
      {problem.line !== undefined && <p>{t("sparql.at", { line: problem.line, column: problem.column ?? 1 })}</p>}
    </section>
  );
}

export function Missing() {
  const { t } = useWords();
  useTitle(t("missing.title"));
  return (
    <section class="note">
      <h1>{t("missing.title")}</h1>
      <p>{t("missing.text")}</p>
      <p>
        <a href="/">{t("nav.start")}</a>
      </p>
    </section>
  );
}

/** Names the page in the browser's tab. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · isnad` : "isnad";
  }, [title]);
}
