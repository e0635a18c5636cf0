/** A document as it is read: names and events in the text, and what was read from each sentence. */

import { useEffect, useMemo } from "preact/hooks";
import { Doubts } from "../components/how";
import { EntityLink, EvidenceButton, fileName, Original, Words } from "../components/links";
import { Busy, Failed, useTitle } from "../components/notes";
import { api } from "../lib/api";
import { day } from "../lib/dates";
import { useWords } from "../lib/language";
import { address, isNode, set } from "../lib/routes";
import { overlap, segments, stretches } from "../lib/segments";
import { useAnswer } from "../lib/use";
import { useKind, useTerms } from "../lib/vocabulary";
import type { Claim, Linked, Range, Reading } from "../types";

export function DocumentPage({ iri, query }: { iri: string; query: URLSearchParams }) {
  const { value, problem } = useAnswer((signal) => api.document(iri, signal), [iri]);
  const { t } = useWords();
  useTitle(value ? (value.source.title ?? fileName(value.source.source)) : t("document"));
  if (problem) return <Failed problem={problem} />;
  if (!value) return <Busy />;
  return <Shown reading={value} query={query} />;
}

/** `120-188` as a range. */
export function range(text: string | null): Range | undefined {
  const match = text?.match(/^(\d{1,9})-(\d{1,9})$/);
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}

function Shown({ reading, query }: { reading: Reading; query: URLSearchParams }) {
  const words = useWords();
  const { t } = words;
  const letters = useMemo(() => Array.from(reading.text), [reading]);
  const parts = useMemo(() => stretches(letters.length, reading.sentences), [letters, reading]);
  const read = useMemo(() => bySentence(reading), [reading]);
  const at = range(query.get("at"));
  // A place within a sentence is marked; a whole one is only chosen.
  const wanted = at && reading.sentences.findIndex((sentence) => overlap(sentence, at));
  const chosen = wanted === undefined || wanted < 0 ? undefined : wanted;
  useEffect(() => {
    if (chosen === undefined) return;
    document.getElementById(`s${chosen}`)?.scrollIntoView({ block: "center" });
  }, [reading]);
  const { source } = reading;
  return (
    <article class="document-page">
      <header>
        <h1>
          <bdi>{source.title ?? fileName(source.source)}</bdi>
        </h1>
        <p class="quiet about">
          {source.publisher && <Words text={source.publisher} />}
          {source.published && <time dateTime={source.published}>{day(words, source.published)}</time>}
          {reading.reading && <span>{reading.reading === "fast" ? t("document.fast") : t("document.accurate")}</span>}
          <code dir="ltr" title={source.source}>
            {fileName(source.source)}
          </code>
          <Original url={reading.url} />
        </p>
        <Legend />
      </header>
      <div class="reader">
        <section class="text" aria-label={t("document.text")} lang={reading.language ?? undefined} dir="auto">
          {parts.map(({ at: place, sentence }) =>
            sentence === undefined ? (
              letters.slice(place[0], place[1]).join("")
            ) : (
              <Sentence
                key={place[0]}
                number={sentence}
                place={place}
                letters={letters}
                reading={reading}
                read={read[sentence]}
                chosen={sentence === chosen}
                marked={at && overlap(place, at) && at.join() !== place.join() ? at : undefined}
              />
            ),
          )}
        </section>
        <aside class="read" aria-label={t("document.read")}>
          {chosen === undefined || !read[chosen] ? (
            <p class="quiet">{t("document.choose")}</p>
          ) : (
            <Read reading={reading} read={read[chosen]} letters={letters} />
          )}
        </aside>
      </div>
    </article>
  );
}

function Legend() {
  const { t } = useWords();
  return (
    <p class="legend quiet">
      <span class="entity person">{t("kind.Person")}</span>
      <span class="entity facility">{t("kind.Facility")}</span>
      <span class="entity organization">{t("kind.Organization")}</span>
      <span class="entity place">{t("kind.Location")}</span>
      <b class="trigger">{t("document.events")}</b>
      <span class="nothing">{t("document.legend")}</span>
    </p>
  );
}

/** What was read from one sentence. */
interface ReadFrom {
  claims: Claim[];
  figures: Reading["figures"];
  said: Reading["said"];
  mentions: Reading["mentions"];
  triggers: Reading["triggers"];
  count: number;
}

function bySentence(reading: Reading): ReadFrom[] {
  return reading.sentences.map((place) => {
    const here = <T extends { at: Range }>(all: T[]) => all.filter(({ at }) => overlap(at, place));
    const claims = here(reading.claims);
    const [figures, said] = [here(reading.figures), here(reading.said)];
    const events = new Set(claims.filter((claim) => claim.property === "type").map((claim) => claim.subject));
    const alone = claims.filter((claim) => !events.has(claim.subject));
    return {
      claims,
      figures,
      said,
      mentions: here(reading.mentions),
      triggers: here(reading.triggers),
      count: events.size + alone.length + figures.length,
    };
  });
}

type Mark = { at: Range } & (
  | { kind: "mention"; entity: Linked | undefined }
  | { kind: "trigger"; hollow: boolean }
  | { kind: "figure" }
  | { kind: "marked" }
);

function Sentence(props: {
  number: number;
  place: Range;
  letters: string[];
  reading: Reading;
  read: ReadFrom | undefined;
  chosen: boolean;
  marked: Range | undefined;
}) {
  const { t } = useWords();
  const { reading, read, place } = props;
  const kindOf = useKind();
  const marks: Mark[] = [
    ...(read?.mentions ?? []).map(({ at, entity }) => ({
      at,
      kind: "mention" as const,
      entity: entity === null ? undefined : reading.entities[entity],
    })),
    ...(read?.triggers ?? []).map(({ at, polarity, modality }) => ({
      at,
      kind: "trigger" as const,
      hollow: polarity === "negative" || modality !== "actual",
    })),
    ...(read?.figures ?? []).map(({ at }) => ({ at, kind: "figure" as const })),
    ...(props.marked ? [{ at: props.marked, kind: "marked" as const }] : []),
  ];
  const nothing = !read || (read.count === 0 && read.mentions.length === 0 && read.said.length === 0);
  const name = ["sentence", nothing ? "nothing" : "", props.chosen ? "chosen" : ""].filter(Boolean).join(" ");
  return (
    <span class={name} id={`s${props.number}`}>
      {segments(props.letters, place, marks).map(({ text, marks }, at) => {
        const mention = marks.find((mark) => mark.kind === "mention");
        const trigger = marks.find((mark) => mark.kind === "trigger");
        let shown = <>{text}</>;
        if (marks.some((mark) => mark.kind === "figure")) shown = <span class="figure">{shown}</span>;
        if (trigger?.kind === "trigger") shown = <b class={trigger.hollow ? "trigger hollow" : "trigger"}>{shown}</b>;
        if (mention?.kind === "mention" && mention.entity) {
          const { iri, class: kind } = mention.entity;
          const classes = `entity ${kindOf(kind)}`;
          shown = iri ? (
            <a class={classes} href={address(iri)}>
              {shown}
            </a>
          ) : (
            <span class={classes}>{shown}</span>
          );
        }
        if (marks.some((mark) => mark.kind === "marked")) shown = <mark>{shown}</mark>;
        return <span key={at}>{shown}</span>;
      })}
      {read && read.count > 0 && (
        <button
          type="button"
          class="count-button"
          aria-pressed={props.chosen}
          aria-label={t("count.read", { n: read.count })}
          onClick={() => set({ at: props.chosen ? undefined : place.join("-") }, { replace: true })}
        >
          {read.count}
        </button>
      )}
    </span>
  );
}

function Read({ reading, read, letters }: { reading: Reading; read: ReadFrom; letters: string[] }) {
  const { t } = useWords();
  const terms = useTerms();
  const nodes = useMemo(() => new Map(reading.entities.map((entity) => [entity.iri, entity])), [reading]);
  const linked = (iri: string): Linked =>
    nodes.get(iri) ?? { iri, label: reading.labels[iri] ?? iri.split("/").pop() ?? iri, class: null };
  const value = (claim: Claim) =>
    isNode(claim.object) ? <EntityLink to={linked(claim.object)} /> : <Words text={claim.object} />;
  const events = new Map<string, Claim[]>();
  for (const claim of read.claims) {
    if (read.claims.some((other) => other.subject === claim.subject && other.property === "type")) {
      events.set(claim.subject, [...(events.get(claim.subject) ?? []), claim]);
    }
  }
  const alone = read.claims.filter((claim) => !events.has(claim.subject));
  const words = ([from, to]: Range) => letters.slice(from, to).join("");
  return (
    <>
      <h2>{t("document.read")}</h2>
      <ul class="read-list">
        {[...events].map(([event, claims]) => {
          const type = claims.find((claim) => claim.property === "type");
          const roles = claims.filter((claim) => claim.property !== "type");
          return (
            <li key={event}>
              <span class="event-head">
                <strong>{terms.class(type?.object ?? "")}</strong>
                <Doubts polarity={type?.polarity ?? ""} modality={type?.modality ?? ""} />
                <EvidenceButton subject={event} what={terms.class(type?.object ?? "")} />
              </span>
              {roles.map((claim) => (
                <span class="role" key={claim.claim}>
                  <span class="property">{terms.property(claim.property)}</span> {value(claim)}
                </span>
              ))}
            </li>
          );
        })}
        {alone.map((claim) => (
          <li key={claim.claim}>
            <EntityLink to={linked(claim.subject)} /> <span class="property">{terms.property(claim.property)}</span>{" "}
            {value(claim)} <Doubts polarity={claim.polarity} modality={claim.modality} />
            <EvidenceButton subject={claim.claim} what={terms.property(claim.property)} />
          </li>
        ))}
        {read.figures.map((figure) => (
          <li key={figure.figure}>
            <span class="figure">{words(figure.at)}</span> <Words text={figure.unit} />
            <EvidenceButton subject={figure.figure} what={`${words(figure.at)} ${figure.unit}`} />
          </li>
        ))}
      </ul>
      {read.said.length > 0 && (
        <>
          <h3>{t("document.said")}</h3>
          <ul class="read-list">
            {read.said.map((said) => {
              const who = said.entity === null ? undefined : reading.entities[said.entity];
              return (
                <li key={said.cue.join()}>
                  {who?.iri ? <EntityLink to={who} /> : said.words ? <Words text={words(said.words)} /> : null}{" "}
                  <q>
                    <Words text={words(said.cue)} />
                  </q>{" "}
                  {said.stance !== "asserts" && (
                    <span class={`badge ${said.stance}`}>{terms.value("stance", said.stance)}</span>
                  )}
                </li>
              );
            })}
          </ul>
        </>
      )}
    </>
  );
}
