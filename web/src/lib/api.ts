/** Asking the server. Nothing here ever leaves it. */

import type { Evidence, Hit, Overview, Profile, Question, Reading, Solutions, Statistics, Vocabulary } from "../types";

/** An answer that is none, with what can be done about it. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly hint?: string,
    readonly line?: number,
    readonly column?: number,
  ) {
    super(message);
  }
}

async function problem(response: Response): Promise<Problem> {
  try {
    const told = await response.json();
    return new Problem(response.status, told.detail ?? told.title, told.hint, told.line, told.column);
  } catch {
    return new Problem(response.status, response.statusText);
  }
}

async function ask(path: string, options: RequestInit = {}): Promise<Response> {
  const response = await fetch(path, { headers: { accept: "application/json" }, ...options });
  if (!response.ok) throw await problem(response);
  return response;
}

function query(values: Record<string, string | undefined>): string {
  const given = Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return new URLSearchParams(given).toString();
}

async function json<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await ask(path, signal ? { signal } : {})).json();
}

/** What a statement's words are asked by. */
export interface Asked {
  subject: string;
  predicate?: string;
  object?: string;
}

export const api = {
  search: (text: string, options: { type?: string | undefined; limit?: number } = {}, signal?: AbortSignal) =>
    json<Hit[]>(`/api/search?${query({ q: text, type: options.type, limit: options.limit?.toString() })}`, signal),
  entity: (iri: string, signal?: AbortSignal) => json<Profile>(`/api/entity?${query({ iri })}`, signal),
  evidence: (asked: Asked, signal?: AbortSignal) => json<Evidence>(`/api/evidence?${query({ ...asked })}`, signal),
  document: (iri: string, signal?: AbortSignal) => json<Reading>(`/api/document?${query({ iri })}`, signal),
  overview: (signal?: AbortSignal) => json<Overview>("/api/overview", signal),
  statistics: (signal?: AbortSignal) => json<Statistics>("/api/statistics", signal),
  vocabulary: (signal?: AbortSignal) => json<Vocabulary>("/api/vocabulary", signal),
  questions: async (signal?: AbortSignal) =>
    (await json<{ questions: Question[] }>("/api/questions", signal)).questions,
  question: async (name: string, values: Record<string, string>, signal?: AbortSignal) => {
    const response = await ask(`/api/ask/${encodeURIComponent(name)}?${query(values)}`, {
      headers: { accept: "application/sparql-results+json" },
      ...(signal ? { signal } : {}),
    });
    const understood = decodeURIComponent(response.headers.get("isnad-understood") ?? "");
    return { solutions: (await response.json()) as Solutions, understood };
  },
  sparql: async (text: string, signal?: AbortSignal): Promise<Solutions | string> => {
    const response = await ask("/sparql", {
      method: "POST",
      body: text,
      headers: {
        "content-type": "application/sparql-query",
        accept: "application/sparql-results+json, text/turtle;q=0.9",
      },
      ...(signal ? { signal } : {}),
    });
    const told = response.headers.get("content-type") ?? "";
    return told.includes("json") ? response.json() : response.text();
  },
};
