/** Everything that the graph says of one entity. */

import { useState } from "preact/hooks";
import { Custody, Events } from "../components/events";
import { Evidence } from "../components/evidence";
import { Figures } from "../components/figures";
import { ClassLabel, EntityLink, EvidenceButton, SourceLink, Words } from "../components/links";
import { Busy, Failed, useTitle } from "../components/notes";
import { api } from "../lib/api";
import { day } from "../lib/dates";
import { useWords } from "../lib/language";
import { isNode } from "../lib/routes";
import { languageOf } from "../lib/scripts";
import { summary } from "../lib/summary";
import { useAnswer } from "../lib/use";
import { useTerms } from "../lib/vocabulary";
import type { Profile, Relation } from "../types";

/** What is no property of the entity but of how it was found. */
const TECHNICAL = ["gazetteerSource", "gazetteerCandidate", "placeScore", "geonamesId", "foundBy"];
const FEW = 12;
/** Characters of a name that is set smaller. */
const LONG = 200;

export function EntityPage({ iri }: { iri: string }) {
  const { value, problem } = useAnswer((signal) => api.entity(iri, signal), [iri]);
  useTitle(value?.label);
  // Claims, events and figures have no page of their own, but words.
  if (problem?.status === 404 && isNode(iri)) return <Bare iri={iri} />;
  if (problem) return <Failed problem={problem} />;
  if (!value) return <Busy />;
  return <Shown profile={value} />;
}

function Bare({ iri }: { iri: string }) {
  const { t } = useWords();
  const { value, problem } = useAnswer((signal) => api.evidence({ subject: iri }, signal), [iri]);
  useTitle(t("evidence"));
  if (!value && !problem) return <Busy />;
  if (problem || value?.total === 0) {
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
  return (
    <>
      <h1>{t("evidence")}</h1>
      <p>
        <code dir="ltr">{iri}</code>
      </p>
      <Evidence asked={{ subject: iri }} />
    </>
  );
}

function Shown({ profile }: { profile: Profile }) {
  const { t } = useWords();
  const long = profile.label.length > LONG;
  return (
    <article class="entity-page">
      <header class="entity-head">
        <p class="classes">
          {profile.classes.slice(0, 2).map((name) => (
            <ClassLabel key={name} name={name} />
          ))}
        </p>
        <h1 class={long ? "long" : undefined} tabIndex={long ? 0 : undefined}>
          <bdi lang={languageOf(profile.label)}>{profile.label}</bdi>
        </h1>
        <Names profile={profile} />
        <Summary profile={profile} />
      </header>
      <div class="columns">
        <div class="wide">
          {profile.custody.length > 0 && <Custody episodes={profile.custody} />}
          {profile.events.length > 0 && (
            <Events events={profile.events} total={profile.events_total} self={profile.iri} />
          )}
          {profile.figures.length > 0 && <Figures figures={profile.figures} total={profile.figures_total} />}
        </div>
        <div class="narrow">
          <Relations profile={profile} />
          {profile.doubles.length > 0 && <Doubles profile={profile} />}
          <Sources profile={profile} />
          <section aria-labelledby="data">
            <h2 id="data">{t("entity.data")}</h2>
            <p class="quiet iri">
              <code dir="ltr">{profile.iri}</code>
            </p>
            <p>
              <a href={`/sparql#query=${encodeURIComponent(said(profile.iri))}`}>{t("entity.sparql")}</a>
            </p>
          </section>
        </div>
      </div>
    </article>
  );
}

/** What any document says of a node. */
function said(iri: string): string {
  return `SELECT ?property ?value ?document WHERE {\n  GRAPH ?document { <${iri}> ?property ?value }\n}\nORDER BY ?property ?value`;
}

function Names({ profile }: { profile: Profile }) {
  const { t } = useWords();
  const [all, setAll] = useState(false);
  const others = profile.names.filter((name) => name.text !== profile.label);
  const named = others.filter((name) => name.kind !== "description");
  const described = others.filter((name) => name.kind === "description");
  if (others.length === 0) return null;
  const list = (label: string, names: typeof others, quoted: boolean) =>
    names.length > 0 && (
      <div>
        <dt>{label}</dt>
        <dd>
          <ul class="names">
            {names.slice(0, all ? undefined : FEW).map((name) => (
              <li key={name.kind + name.text} title={t("count.documents", { n: name.documents })}>
                {quoted ? (
                  <q>
                    <Words text={name.text} longest={all ? 10_000 : 80} />
                  </q>
                ) : (
                  <Words text={name.text} longest={all ? 10_000 : 80} />
                )}
              </li>
            ))}
          </ul>
        </dd>
      </div>
    );
  return (
    <>
      <dl class="called" aria-label={t("entity.names")}>
        {list(t("entity.names.also"), named, false)}
        {list(t("entity.names.described"), described, true)}
      </dl>
      <More total={others.length} few={FEW} all={all} setAll={setAll} />
    </>
  );
}

function More(props: { total: number; few: number; all: boolean; setAll: (all: boolean) => void }) {
  const { t } = useWords();
  if (props.total <= props.few) return null;
  return (
    <button type="button" class="plain" aria-expanded={props.all} onClick={() => props.setAll(!props.all)}>
      {props.all ? t("entity.fewer") : t("entity.all", { n: props.total })}
    </button>
  );
}

/** A few words made from facts and from nothing else. */
function Summary({ profile }: { profile: Profile }) {
  const words = useWords();
  const terms = useTerms();
  const parts = summary(profile);
  return (
    <p class="summary">
      {parts.map((part, at) => (
        <span key={part.property + part.inverse}>
          {at > 0 && <span aria-hidden="true"> · </span>}
          {part.property && (
            <span class="property">{part.inverse ? terms.inverse(part.property) : terms.property(part.property)} </span>
          )}
          {part.nodes.map((node, number) => (
            <span key={node.iri}>
              {number > 0 && ", "}
              <EntityLink to={node} />
            </span>
          ))}
          {part.values.map((value, number) => (
            <span key={value}>
              {number > 0 && ", "}
              <Words text={value} />
            </span>
          ))}
          {part.more > 0 && ` +${words.number(part.more)}`}
        </span>
      ))}
      {profile.sources_total > 0 && (
        <span class="quiet">
          {parts.length > 0 && " · "}
          {words.t("entity.mentioned", { n: profile.sources_total })}
        </span>
      )}
    </p>
  );
}

function Relations({ profile }: { profile: Profile }) {
  const { t } = useWords();
  const terms = useTerms();
  const attributes = Object.entries(profile.attributes).filter(([name]) => !TECHNICAL.includes(name));
  const plain = attributes.filter(([name]) => !name.includes(":"));
  if (plain.length === 0 && profile.relations.length === 0) return null;
  return (
    <section aria-labelledby="relations">
      <h2 id="relations">{t("entity.relations")}</h2>
      <dl class="facts">
        {plain.map(([name, values]) => (
          <div key={name}>
            <dt>{terms.property(name)}</dt>
            <dd>
              <ul>
                {values.map((value) => (
                  <li key={value}>
                    <Words text={value} />
                    <EvidenceButton
                      subject={profile.iri}
                      property={name}
                      object={value}
                      what={`${terms.property(name)} ${value}`}
                    />
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
        {profile.relations.map((relation) => (
          <Related key={relation.property + relation.inverse} self={profile.iri} relation={relation} />
        ))}
      </dl>
    </section>
  );
}

function Related({ self, relation }: { self: string; relation: Relation }) {
  const { t } = useWords();
  const terms = useTerms();
  const [all, setAll] = useState(false);
  const label = relation.inverse ? terms.inverse(relation.property) : terms.property(relation.property);
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <ul>
          {relation.others.slice(0, all ? undefined : FEW).map((other) => (
            <li key={other.iri}>
              <EntityLink to={other} />
              <EvidenceButton
                subject={relation.inverse ? other.iri : self}
                property={relation.property}
                object={relation.inverse ? self : other.iri}
                what={`${label} ${other.label}`}
              />
            </li>
          ))}
        </ul>
        <More total={relation.others.length} few={FEW} all={all} setAll={setAll} />
        {all && relation.total > relation.others.length && (
          <p class="quiet">{t("entity.more", { shown: relation.others.length, total: relation.total })}</p>
        )}
      </dd>
    </div>
  );
}

function Doubles({ profile }: { profile: Profile }) {
  const { t } = useWords();
  return (
    <section aria-labelledby="doubles">
      <h2 id="doubles">{t("entity.doubles")}</h2>
      <p class="quiet">{t("entity.doubles.note")}</p>
      <ul class="plain-list">
        {profile.doubles.map(({ other, reasons }) => (
          <li key={other.iri}>
            <EntityLink to={other} /> {other.class && <ClassLabel name={other.class} />}
            <details>
              <summary>{t("evidence")}</summary>
              <ul class="quiet">
                {reasons.map((reason) => (
                  <li key={reason}>
                    <Words text={reason} />
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Sources({ profile }: { profile: Profile }) {
  const words = useWords();
  const { t } = words;
  const [all, setAll] = useState(false);
  return (
    <section aria-labelledby="sources">
      <div class="heading">
        <h2 id="sources">{t("entity.sources")}</h2>
        <EvidenceButton subject={profile.iri} what={profile.label} />
      </div>
      <ul class="sources">
        {profile.sources.slice(0, all ? undefined : FEW).map((source) => (
          <li key={source.iri}>
            <SourceLink source={source} />
            <span class="quiet">
              {source.publisher && <Words text={source.publisher} />}
              {source.publisher && source.published && " · "}
              {source.published && <time dateTime={source.published}>{day(words, source.published)}</time>}
            </span>
          </li>
        ))}
      </ul>
      <More total={profile.sources.length} few={FEW} all={all} setAll={setAll} />
      {profile.sources_total > profile.sources.length && (
        <p class="quiet">{t("entity.more", { shown: profile.sources.length, total: profile.sources_total })}</p>
      )}
    </section>
  );
}
