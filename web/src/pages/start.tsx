import { ClassLabel, SourceLink, Words } from "../components/links";
import { Failed, useTitle } from "../components/notes";
import { Search } from "../components/search";
import { api } from "../lib/api";
import { day } from "../lib/dates";
import { isKey, useWords } from "../lib/language";
import { address } from "../lib/routes";
import { useAnswer } from "../lib/use";

/** Questions that can be asked at once. */
const QUESTIONS = 6;

export function Start() {
  const words = useWords();
  const { t, number } = words;
  useTitle(undefined);
  const { value, problem } = useAnswer((signal) => api.overview(signal), []);
  const questions = useAnswer((signal) => api.questions(signal), []);
  return (
    <div class="start">
      <header>
        <h1>{t("start.title")}</h1>
        <p class="quiet">{t("start.lead")}</p>
        <Search large />
      </header>
      {problem && <Failed problem={problem} />}
      <div class="start-columns">
        {value && value.most_spoken_of.length > 0 && (
          <section aria-labelledby="spoken" class="spoken">
            <h2 id="spoken">{t("start.spoken")}</h2>
            <div class="kinds">
              {value.most_spoken_of.map(([kind, entities]) => {
                const key = `kind.${kind}`;
                return (
                  <section key={kind} aria-label={isKey(key) ? t(key) : kind}>
                    <h3>{isKey(key) ? t(key) : kind}</h3>
                    <ol>
                      {entities.map((entity) => (
                        <li key={entity.iri}>
                          <a href={address(entity.iri)}>
                            <Words text={entity.label} longest={60} />
                          </a>
                          <span class="quiet count" title={t("count.documents", { n: entity.documents })}>
                            <span aria-hidden="true">{number(entity.documents)}</span>
                            <span class="hidden">{t("count.documents", { n: entity.documents })}</span>
                          </span>
                        </li>
                      ))}
                    </ol>
                  </section>
                );
              })}
            </div>
          </section>
        )}
        <div class="start-side">
          {value && value.latest.length > 0 && (
            <section aria-labelledby="latest">
              <h2 id="latest">{t("start.latest")}</h2>
              <ul class="sources">
                {value.latest.map((source) => (
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
            </section>
          )}
          {questions.value && (
            <section aria-labelledby="ask">
              <h2 id="ask">{t("start.ask")}</h2>
              <ul class="plain-list" lang="en" dir="ltr">
                {questions.value
                  .filter((question) => question.parameters.every((parameter) => parameter.optional))
                  .slice(0, QUESTIONS)
                  .map((question) => (
                    <li key={question.name}>
                      <a href={`/ask/${encodeURIComponent(question.name)}`}>{question.title}</a>
                    </li>
                  ))}
              </ul>
            </section>
          )}
          <Contents />
        </div>
      </div>
    </div>
  );
}

/** How much of what the graph has. */
function Contents() {
  const { t, number } = useWords();
  const { value } = useAnswer((signal) => api.statistics(signal), []);
  if (!value) return null;
  const most = Object.entries(value.classes)
    .filter(([name]) => name !== "Document")
    .sort((one, other) => other[1] - one[1])
    .slice(0, 8);
  return (
    <section aria-labelledby="contents">
      <h2 id="contents">{t("start.contents")}</h2>
      <p>
        {t("count.documents", { n: value.documents })} · {t("count.claims", { n: value.claims })} ·{" "}
        {t("count.quads", { n: value.quads })}
      </p>
      <ul class="contents">
        {most.map(([name, count]) => (
          <li key={name}>
            <ClassLabel name={name} /> <span class="quiet">{number(count)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
