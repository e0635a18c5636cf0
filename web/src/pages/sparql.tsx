/** Asking in SPARQL. */

import { useEffect, useRef, useState } from "preact/hooks";
import { Busy, Failed, useTitle } from "../components/notes";
import { Results } from "../components/results";
import { api, Problem } from "../lib/api";
import type { Editor } from "../lib/editor";
import { useWords } from "../lib/language";
import { useVocabulary } from "../lib/vocabulary";
import type { Solutions } from "../types";

const EXAMPLES = [
  {
    title: "Who was held where",
    query:
      "SELECT ?person_name ?person ?site_name ?site WHERE {\n  ?person isnad:heldAt ?site ; rdfs:label ?person_name .\n  ?site rdfs:label ?site_name .\n}\nORDER BY ?person_name\nLIMIT 100",
  },
  {
    title: "Events by kind",
    query:
      'SELECT ?kind (COUNT(DISTINCT ?event) AS ?events) WHERE {\n  ?event isnad:account ?document ; a ?class .\n  BIND(STRAFTER(STR(?class), "#") AS ?kind)\n}\nGROUP BY ?kind\nORDER BY DESC(?events)',
  },
  {
    title: "What is denied, and in which words",
    query:
      "SELECT ?what_name ?property ?quote ?document WHERE {\n  GRAPH ?document {\n    ?claim a isnad:Claim ; isnad:polarity isnad:polarity-negative ;\n      rdf:subject ?what ; rdf:predicate ?property ; isnad:evidence ?evidence .\n    ?evidence oa:hasSelector/oa:exact ?quote .\n  }\n  OPTIONAL { ?what rdfs:label ?what_name }\n}\nLIMIT 50",
  },
] as const;

/** The query of the address: what stands after `#query=`. */
function ofAddress(): string | undefined {
  return (
    new URLSearchParams(location.hash.slice(1)).get("query") ??
    new URLSearchParams(location.search).get("query") ??
    undefined
  );
}

export function Sparql() {
  const { t } = useWords();
  const { prefixes, classes, properties } = useVocabulary();
  useTitle("SPARQL");
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor>();
  const stop = useRef<AbortController>();
  const [answer, setAnswer] = useState<Solutions | string>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);

  const run = async (text: string) => {
    stop.current?.abort();
    const own = new AbortController();
    stop.current = own;
    history.replaceState(null, "", `/sparql#query=${encodeURIComponent(text)}`);
    setBusy(true);
    try {
      const told = await api.sparql(text, own.signal);
      setAnswer(told);
      setProblem(undefined);
    } catch (error) {
      if (own.signal.aborted) return;
      setAnswer(undefined);
      setProblem(error instanceof Problem ? error : new Problem(0, String(error)));
    } finally {
      if (stop.current === own) setBusy(false);
    }
  };
  const running = useRef(run);
  running.current = run;
  const known = Object.keys(prefixes).length > 0;

  useEffect(() => {
    if (!host.current || !known) return;
    let gone = false;
    const names = [...Object.keys(classes), ...Object.keys(properties)].map((name) => `isnad:${name}`);
    const given = ofAddress();
    import("../lib/editor").then(({ createEditor }) => {
      if (gone || !host.current) return;
      editor.current = createEditor(host.current, {
        label: t("sparql.editor"),
        text: given ?? EXAMPLES[0].query,
        names,
        prefixes,
        onRun: (text) => running.current(text),
      });
      if (given) running.current(given);
    });
    return () => {
      gone = true;
      stop.current?.abort();
      editor.current?.destroy();
      editor.current = undefined;
    };
  }, [known]);

  return (
    <div class="sparql">
      <h1>SPARQL</h1>
      <p class="quiet">{t("sparql.lead")}</p>
      <div class="choices">
        <span class="quiet">{t("sparql.examples")}</span>
        {EXAMPLES.map(({ title, query }) => (
          <button key={title} type="button" lang="en" onClick={() => editor.current?.set(query)}>
            {title}
          </button>
        ))}
      </div>
      <div class="editor" dir="ltr" ref={host} />
      <div class="heading">
        {busy ? (
          <button
            type="button"
            class="main"
            onClick={() => {
              stop.current?.abort();
              setBusy(false);
            }}
          >
            {t("sparql.stop")}
          </button>
        ) : (
          <button type="button" class="main" onClick={() => editor.current && run(editor.current.text())}>
            {t("sparql.run")}
          </button>
        )}
        <span class="quiet">{t("sparql.keys")}</span>
      </div>
      <details class="prefixes">
        <summary>{t("sparql.prefixes")}</summary>
        <pre dir="ltr">
          {Object.entries(prefixes)
            .map(([prefix, namespace]) => `PREFIX ${prefix}: <${namespace}>`)
            .join("\n")}
        </pre>
      </details>
      {busy && <Busy />}
      {problem && <Failed problem={problem} />}
      {!busy && typeof answer === "string" && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard
        <pre class="triples" dir="ltr" tabIndex={0}>
          {answer}
        </pre>
      )}
      {!busy && answer && typeof answer === "object" && (
        <Results key={JSON.stringify(answer.head)} solutions={answer} file="query" />
      )}
    </div>
  );
}
