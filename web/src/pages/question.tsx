/** One saved question: a form, and the answer. */

import { useEffect, useState } from "preact/hooks";
import { Busy, Failed, Missing, useTitle } from "../components/notes";
import { Results } from "../components/results";
import { EntityBox } from "../components/search";
import { api } from "../lib/api";
import { useWords } from "../lib/language";
import { go } from "../lib/routes";
import { useAnswer } from "../lib/use";
import { useTerms } from "../lib/vocabulary";
import type { Parameter, Question } from "../types";

export function QuestionPage({ name, query }: { name: string; query: URLSearchParams }) {
  const { value, problem } = useAnswer((signal) => api.questions(signal), []);
  if (problem) return <Failed problem={problem} />;
  if (!value) return <Busy />;
  const question = value.find((question) => question.name === name);
  return question ? <Form question={question} query={query} /> : <Missing />;
}

function Form({ question, query }: { question: Question; query: URLSearchParams }) {
  const { t } = useWords();
  useTitle(question.title);
  const given = Object.fromEntries(
    question.parameters.map(({ name }) => [name, query.get(name) ?? ""]).filter(([, value]) => value !== ""),
  ) as Record<string, string>;
  const asked = JSON.stringify(given);
  const [values, setValues] = useState(given);
  useEffect(() => setValues(JSON.parse(asked)), [asked]);
  const complete = question.parameters.every(({ name, optional }) => optional || given[name]);
  const ready = complete && (question.parameters.length === 0 || query.has("ask") || Object.keys(given).length > 0);
  const { value, problem, busy } = useAnswer(
    (signal) => (ready ? api.question(question.name, given, signal) : undefined),
    [question.name, asked, ready],
  );
  const submit = (event: Event) => {
    event.preventDefault();
    const filled = Object.entries(values).filter(([, value]) => value.trim() !== "");
    const text = new URLSearchParams([...filled, ["ask", ""]]).toString().replace(/=$/, "");
    go(`/ask/${encodeURIComponent(question.name)}?${text}`);
  };
  return (
    <div class="question">
      <p class="back">
        <a href="/ask">{t("question.back")}</a>
      </p>
      <div lang="en" dir="ltr">
        <h1>{question.title}</h1>
        <p class="quiet">{question.description}</p>
      </div>
      <form class="fields" onSubmit={submit}>
        {question.parameters.map((parameter) => (
          <Field
            key={parameter.name}
            parameter={parameter}
            value={values[parameter.name] ?? ""}
            onValue={(value) => setValues((known) => ({ ...known, [parameter.name]: value }))}
          />
        ))}
        <button type="submit" class="main">
          {t("question.ask")}
        </button>
      </form>
      {problem && <Failed problem={problem} />}
      {ready && busy && <Busy />}
      {ready && value && !busy && (
        <>
          {value.understood && (
            <p class="quiet">
              {t("question.understood")} <bdi dir="auto">{value.understood}</bdi>
            </p>
          )}
          <Results solutions={value.solutions} file={question.name} />
        </>
      )}
    </div>
  );
}

function Field(props: { parameter: Parameter; value: string; onValue: (value: string) => void }) {
  const { t } = useWords();
  const terms = useTerms();
  const { parameter, value, onValue } = props;
  const id = `field-${parameter.name}`;
  return (
    <div class="field">
      <label for={id}>
        <strong lang="en">{parameter.name}</strong>{" "}
        <span class="quiet">
          <bdi lang="en">{parameter.description}</bdi>
          {parameter.class && ` · ${terms.class(parameter.class)}`}
          {parameter.optional && ` · ${t("question.optional")}`}
        </span>
      </label>
      {parameter.kind === "entity" ? (
        <EntityBox
          id={id}
          label={parameter.name}
          {...(parameter.class ? { type: parameter.class } : {})}
          value={value}
          required={!parameter.optional}
          onText={onValue}
          onChoose={(hit) => onValue(hit.label)}
        />
      ) : (
        <input
          id={id}
          type={parameter.kind === "text" ? "text" : parameter.kind}
          dir="auto"
          required={!parameter.optional}
          value={value}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
    </div>
  );
}
