/** The frame of all pages: search on top, a page below, and evidence beside it. */

import { lazy, Suspense } from "preact/compat";
import { useEffect } from "preact/hooks";
import { EvidencePanel } from "./components/evidence";
import { Header } from "./components/header";
import { Busy, Missing } from "./components/notes";
import { useWords } from "./lib/language";
import { follow, type Route, route, usePlace } from "./lib/routes";
import { EntityPage } from "./pages/entity";
import { Find } from "./pages/find";
import { Start } from "./pages/start";

// What is not looked at first is loaded when it is.
const DocumentPage = lazy(() => import("./pages/document").then((page) => page.DocumentPage));
const Questions = lazy(() => import("./pages/questions").then((page) => page.Questions));
const QuestionPage = lazy(() => import("./pages/question").then((page) => page.QuestionPage));
const Sparql = lazy(() => import("./pages/sparql").then((page) => page.Sparql));
const Help = lazy(() => import("./pages/help").then((page) => page.Help));

export function App() {
  const { path, query } = usePlace();
  const { t } = useWords();
  useEffect(() => {
    document.addEventListener("click", follow);
    return () => document.removeEventListener("click", follow);
  }, []);
  const here = route(path, query);
  const subject = query.get("show");
  return (
    <>
      <a class="skip" href="#main">
        {t("skip")}
      </a>
      <Header here={here} />
      <div class={subject ? "beside open" : "beside"}>
        <main id="main" tabIndex={-1}>
          <Suspense fallback={<Busy />}>
            <Page here={here} query={query} />
          </Suspense>
        </main>
        {subject && (
          <EvidencePanel
            asked={{
              subject,
              ...(query.get("p") ? { predicate: query.get("p") ?? "" } : {}),
              ...(query.get("o") ? { object: query.get("o") ?? "" } : {}),
            }}
          />
        )}
      </div>
    </>
  );
}

function Page({ here, query }: { here: Route; query: URLSearchParams }) {
  switch (here.page) {
    case "start":
      return <Start />;
    case "find":
      return <Find text={query.get("q") ?? ""} type={query.get("type") ?? undefined} />;
    case "entity":
      return <EntityPage key={here.iri} iri={here.iri} />;
    case "document":
      return <DocumentPage key={here.iri} iri={here.iri} query={query} />;
    case "questions":
      return <Questions />;
    case "question":
      return <QuestionPage key={here.name} name={here.name} query={query} />;
    case "sparql":
      return <Sparql />;
    case "help":
      return <Help />;
    case "unknown":
      return <Missing />;
  }
}
