/** The events of an entity, and the custody of a person. */

import { useState } from "preact/hooks";
import { when } from "../lib/dates";
import { useWords } from "../lib/language";
import { useTerms } from "../lib/vocabulary";
import type { Episode, EventView, Step } from "../types";
import { Doubts, doubts } from "./how";
import { EntityLink, EvidenceButton, SourceLink, Words } from "./links";
import { type Row, Timeline } from "./timeline";

export function Events({ events, total, self }: { events: EventView[]; total: number | null; self: string }) {
  const { t } = useWords();
  const terms = useTerms();
  const [kind, setKind] = useState("");
  const kinds = [...new Set(events.map((event) => event.class))].sort();
  const shown = events.filter((event) => !kind || event.class === kind);
  const told = new Map<string, number>();
  for (const { happening } of events) if (happening) told.set(happening, (told.get(happening) ?? 0) + 1);
  const rows: Row[] = shown.map((event) => ({
    key: event.iri,
    earliest: event.earliest,
    latest: event.latest,
    hollow: doubts(event.polarity, event.modality).length > 0,
    inferred: event.basis === "inferred",
    content: <Told event={event} self={self} shared={(told.get(event.happening ?? "") ?? 0) > 1} />,
  }));
  return (
    <section aria-labelledby="events">
      <div class="heading">
        <h2 id="events">{t("entity.events")}</h2>
        {kinds.length > 1 && (
          <label>
            <span class="hidden">{t("filter.kinds")}</span>
            <select value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
              <option value="">{t("filter.all")}</option>
              {kinds.map((name) => (
                <option key={name} value={name}>
                  {terms.class(name)}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {total === null && <p class="quiet">{t("entity.many", { n: events.length })}</p>}
      {total !== null && total > events.length && (
        <p class="quiet">{t("entity.more", { shown: events.length, total })}</p>
      )}
      <Timeline rows={rows} />
    </section>
  );
}

function Told({ event, self, shared }: { event: EventView; self: string; shared: boolean }) {
  const { t } = useWords();
  const terms = useTerms();
  const others = Object.entries(event.roles)
    .map(([role, fillers]) => ({ role, fillers: fillers.filter((filler) => filler.iri !== self) }))
    .filter(({ fillers }) => fillers.length > 0);
  return (
    <>
      <span class="event-head">
        <strong>{terms.class(event.class)}</strong> <Doubts polarity={event.polarity} modality={event.modality} />
        <EvidenceButton subject={event.iri} what={terms.class(event.class)} />
      </span>
      {others.length > 0 && (
        <span class="roles">
          {others.map(({ role, fillers }) => (
            <span key={role}>
              <span class="property">{terms.property(role)}</span>{" "}
              {fillers.map((filler, at) => (
                <span key={filler.iri}>
                  {at > 0 && ", "}
                  <EntityLink to={filler} />
                </span>
              ))}
            </span>
          ))}
        </span>
      )}
      <span class="quote quiet">
        <q>
          <Words text={event.quote} longest={220} />
        </q>{" "}
        <span class="source">
          <SourceLink source={event.source} />
        </span>
        {shared && <span class="badge same">{t("entity.same")}</span>}
      </span>
    </>
  );
}

/** The custody of a person, as each document tells it, and all steps with a date on one line. */
export function Custody({ episodes }: { episodes: Episode[] }) {
  const { t } = useWords();
  const dated: Row[] = episodes.flatMap((episode) =>
    episode.steps
      .filter((step) => step.earliest || step.latest)
      .map((step) => ({
        key: `${step.event} ${step.number}`,
        earliest: step.earliest,
        latest: step.latest,
        hollow: step.modality !== "actual",
        inferred: step.basis === "inferred",
        content: (
          <>
            <StepHead step={step} />
            <span class="quiet quote">
              <SourceLink source={episode.source} />
            </span>
          </>
        ),
      })),
  );
  dated.sort((one, other) => (one.latest ?? one.earliest ?? "").localeCompare(other.latest ?? other.earliest ?? ""));
  return (
    <section aria-labelledby="custody" class="custody">
      <h2 id="custody">{t("entity.custody")}</h2>
      <p class="quiet">{t("entity.custody.note")}</p>
      <div class="episodes">
        {episodes.map((episode) => (
          <article key={episode.source.iri + episode.steps[0]?.event}>
            <h3>
              <SourceLink source={episode.source} />
              {episode.source.publisher && (
                <span class="quiet">
                  {" "}
                  · <Words text={episode.source.publisher} />
                </span>
              )}
            </h3>
            <Stations steps={episode.steps} />
          </article>
        ))}
      </div>
      {dated.length > 0 && (
        <div class="dated">
          <p class="quiet">{t("entity.custody.dated")}</p>
          <Timeline rows={dated} />
        </div>
      )}
    </section>
  );
}

function StepHead({ step }: { step: Step }) {
  const { t } = useWords();
  const terms = useTerms();
  return (
    <>
      <span class="event-head">
        <strong>{terms.class(step.class)}</strong>
        <Doubts polarity="positive" modality={step.modality} />
        {step.event && <EvidenceButton subject={step.event} what={terms.class(step.class)} />}
      </span>
      {step.site && (
        <span class="site">
          <EntityLink to={step.site} />
          {step.open && <span class="badge">{t("entity.open")}</span>}
        </span>
      )}
    </>
  );
}

function Stations({ steps }: { steps: Step[] }) {
  const words = useWords();
  return (
    <ol class="stations">
      {steps.map((step) => (
        <li
          key={step.number}
          class={step.modality !== "actual" ? "hollow" : step.basis === "inferred" ? "inferred" : undefined}
        >
          <StepHead step={step} />
          {(step.earliest || step.latest) && <span class="when">{when(words, step)}</span>}
          {step.basis === "inferred" && <span class="when quiet">{words.t("date.inferred")}</span>}
        </li>
      ))}
    </ol>
  );
}
