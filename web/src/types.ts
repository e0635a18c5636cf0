/** What the server answers; `src/query/pages` says what each part means. */

export interface Linked {
  label: string;
  iri: string;
  class: string | null;
}

export interface Source {
  published: string | null;
  title: string | null;
  source: string;
  publisher: string | null;
  iri: string;
}

export interface Hit {
  iri: string;
  label: string;
  class: string;
  matched: string;
  score: number;
  documents: number;
  places: string[];
  earliest: string | null;
  latest: string | null;
}

export interface Days {
  earliest: string | null;
  latest: string | null;
}

export interface EventView extends Days {
  iri: string;
  class: string;
  basis: string;
  polarity: string;
  modality: string;
  confidence: string | null;
  roles: Record<string, Linked[]>;
  quote: string;
  source: Source;
  happening: string | null;
}

export interface Step extends Days {
  number: number;
  class: string;
  site: Linked | null;
  basis: string;
  modality: string;
  open: boolean;
  event: string | null;
}

export interface Episode {
  source: Source;
  steps: Step[];
}

export interface Voice {
  who: string | null;
  entity: string | null;
  cue: boolean;
  how: string[];
}

export interface FigureView {
  iri: string;
  text: string;
  value: string | null;
  upper: string | null;
  bound: string;
  unit: string;
  counted: string[];
  rate: string;
  place: Linked | null;
  from: string | null;
  to: string | null;
  confidence: string | null;
  modality: string;
  chains: Voice[][];
  source: Source;
}

export interface NameView {
  text: string;
  kind: "name" | "alias" | "nickname" | "description";
  documents: number;
}

export interface Relation {
  property: string;
  inverse: boolean;
  others: Linked[];
  total: number;
}

export interface Double {
  other: Linked;
  odds: number;
  reasons: string[];
}

export interface Profile {
  iri: string;
  label: string;
  classes: string[];
  names: NameView[];
  attributes: Record<string, string[]>;
  relations: Relation[];
  custody: Episode[];
  events: EventView[];
  /** None where there are more than anybody counts. */
  events_total: number | null;
  figures: FigureView[];
  figures_total: number;
  sources: Source[];
  sources_total: number;
  doubles: Double[];
}

export interface Statement {
  property: string;
  value: string;
  node: string | null;
  polarity: string;
  modality: string;
  confidence: string | null;
  rule: string | null;
  claim: string;
}

export interface Place {
  document: string;
  source: string;
  title: string | null;
  publisher: string | null;
  published: string | null;
  page?: number;
  start: number;
  end: number;
  quote: string;
  rule: string;
  claim: string;
  url: string | null;
  before: string;
  after: string;
  chains: Voice[][];
  statements: Statement[];
}

export interface Evidence {
  places: Place[];
  total: number;
}

/** Half-open, in code points of the text. */
export type Range = [number, number];

export interface Claim {
  at: Range;
  claim: string;
  subject: string;
  property: string;
  object: string;
  polarity: string;
  modality: string;
  confidence: string;
  rule: string;
}

export interface Reading {
  source: Source;
  url: string | null;
  language: string | null;
  reading: string | null;
  text: string;
  sentences: Range[];
  entities: Linked[];
  mentions: { at: Range; form: string; entity: number | null }[];
  triggers: { at: Range; event: string; class: string; polarity: string; modality: string }[];
  claims: Claim[];
  figures: { at: Range; figure: string; unit: string }[];
  said: { at: Range; cue: Range; words: Range | null; entity: number | null; stance: string }[];
  labels: Record<string, string>;
}

export interface Overview {
  documents: number;
  most_spoken_of: [string, { iri: string; label: string; class: string; documents: number }[]][];
  latest: Source[];
}

export interface Statistics {
  documents: number;
  claims: number;
  quads: number;
  classes: Record<string, number>;
  documents_by_year: Record<string, number>;
}

export type Labels = Partial<Record<string, string>>;

export interface Vocabulary {
  classes: Record<string, { labels: Labels; above: string[] }>;
  properties: Record<string, { labels: Labels }>;
  values: Record<string, { labels: Labels }>;
  prefixes: Record<string, string>;
}

export interface Parameter {
  name: string;
  kind: "entity" | "text" | "date" | "number";
  class?: string;
  optional: boolean;
  description: string;
}

export interface Question {
  name: string;
  title: string;
  description: string;
  parameters: Parameter[];
}

export interface Term {
  type: "uri" | "literal" | "bnode";
  value: string;
  datatype?: string;
  "xml:lang"?: string;
}

/** SPARQL results as JSON. */
export interface Solutions {
  head: { vars?: string[] };
  results?: { bindings: Record<string, Term>[] };
  boolean?: boolean;
}
