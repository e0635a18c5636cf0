/** The words behind a statement, beside the page that makes it. */

import { useEffect, useRef } from "preact/hooks";
import { type Asked, api } from "../lib/api";
import { day } from "../lib/dates";
import { useWords } from "../lib/language";
import { address, set } from "../lib/routes";
import { useAnswer } from "../lib/use";
import { useTerms } from "../lib/vocabulary";
import type { Place, Statement } from "../types";
import { Chain, Confidence, Doubts } from "./how";
import { EntityLink, fileName, Original, Words } from "./links";
import { Busy, Failed } from "./notes";

/** A panel beside the page; Escape closes it, and whoever opened it has the keyboard again. */
export function EvidencePanel({ asked }: { asked: Asked }) {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const opener = useRef<Element | null>(null);
  const close = () => set({ show: undefined, p: undefined, o: undefined });
  useEffect(() => {
    if (!heading.current?.closest("aside")?.contains(document.activeElement)) opener.current = document.activeElement;
    heading.current?.focus({ preventScroll: true });
  }, [asked.subject, asked.predicate, asked.object]);
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) close();
    };
    document.addEventListener("keydown", key);
    return () => {
      document.removeEventListener("keydown", key);
      if (opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true });
    };
  }, []);
  return (
    <aside class="panel" aria-label={t("evidence")}>
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {t("evidence")}
        </h2>
        <button type="button" class="close" aria-label={t("evidence.close")} onClick={close}>
          ×
        </button>
      </header>
      <Evidence asked={asked} />
    </aside>
  );
}

/** The words behind a statement, wherever they are shown. */
export function Evidence({ asked }: { asked: Asked }) {
  const { t } = useWords();
  const { value, problem, busy } = useAnswer(
    (signal) => api.evidence(asked, signal),
    [asked.subject, asked.predicate, asked.object],
  );
  if (problem) return <Failed problem={problem} />;
  if (!value || busy) return <Busy />;
  if (value.places.length === 0) return <p class="quiet">{t("evidence.none")}</p>;
  return (
    <div class="places">
      <p class="quiet">{t("evidence.places", { n: value.total })}</p>
      {value.places.map((place) => (
        <Told key={`${place.document} ${place.start} ${place.end}`} place={place} />
      ))}
    </div>
  );
}

function Told({ place }: { place: Place }) {
  const words = useWords();
  const { t } = words;
  const at = `${place.start}-${place.end}`;
  return (
    <article class="place">
      <header>
        <a href={`${address(place.document)}?at=${at}`}>
          <Words text={place.title ?? fileName(place.source)} />
        </a>
        <span class="quiet">
          {place.publisher && <Words text={place.publisher} />}
          {place.publisher && place.published && " · "}
          {place.published && <time dateTime={place.published}>{day(words, place.published)}</time>}
          {place.page !== undefined && ` · ${t("evidence.page", { page: String(place.page) })}`}
        </span>
      </header>
      <blockquote dir="auto">
        <span class="context">{place.before}</span>
        <mark>{place.quote}</mark>
        <span class="context">{place.after}</span>
      </blockquote>
      {place.chains.length > 0 && (
        <section class="said-by">
          <h3 class="quiet">{t("evidence.who")}</h3>
          {place.chains.map((voices) => (
            <Chain key={JSON.stringify(voices)} voices={voices} />
          ))}
        </section>
      )}
      {place.statements.length > 0 && <Statements statements={place.statements} />}
      {!place.claim && place.rule && (
        <p class="quiet">
          {t("evidence.foundby")} <code>{place.rule}</code>
        </p>
      )}
      <footer>
        <a href={`${address(place.document)}?at=${at}`}>{t("evidence.open")}</a>
        <Original url={place.url} />
      </footer>
    </article>
  );
}

/** What an event is comes before who takes part. */
function typeFirst(one: Statement, other: Statement): number {
  return Number(other.property === "type") - Number(one.property === "type");
}

export function Statements({ statements }: { statements: Statement[] }) {
  const { t } = useWords();
  const terms = useTerms();
  return (
    <ul class="statements" aria-label={t("evidence.read")}>
      {[...statements].sort(typeFirst).map((statement) => (
        <li key={statement.claim}>
          <span class="said">
            <span class="property">{terms.property(statement.property)}</span>{" "}
            {statement.node ? (
              <EntityLink to={{ iri: statement.node, label: statement.value, class: null }} />
            ) : statement.property === "type" ? (
              <strong>{terms.class(statement.value)}</strong>
            ) : (
              <Words text={statement.value} />
            )}{" "}
            <Doubts polarity={statement.polarity} modality={statement.modality} />
          </span>
          <span class="quiet how">
            <Confidence value={statement.confidence} />
            {statement.rule && (
              <>
                {" "}
                <code title={t("rule")}>{statement.rule}</code>
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
