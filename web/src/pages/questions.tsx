import { useState } from "preact/hooks";
import { Busy, Failed, useTitle } from "../components/notes";
import { api } from "../lib/api";
import { useWords } from "../lib/language";
import { useAnswer } from "../lib/use";

/** All saved questions. */
export function Questions() {
  const { t } = useWords();
  const [filter, setFilter] = useState("");
  useTitle(t("nav.questions"));
  const { value, problem } = useAnswer((signal) => api.questions(signal), []);
  if (problem) return <Failed problem={problem} />;
  if (!value) return <Busy />;
  const wanted = filter.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const shown = value.filter(({ name, title, description }) => {
    const text = `${name} ${title} ${description}`.toLocaleLowerCase();
    return wanted.every((word) => text.includes(word));
  });
  return (
    <div class="questions">
      <h1>{t("nav.questions")}</h1>
      <p class="quiet">{t("questions.lead")}</p>
      <input
        type="search"
        aria-label={t("questions.filter")}
        placeholder={t("questions.filter")}
        value={filter}
        onInput={(event) => setFilter(event.currentTarget.value)}
      />
      <ul class="cards" lang="en" dir="ltr">
        {shown.map((question) => (
          <li key={question.name}>
            <h2>
              <a href={`/ask/${encodeURIComponent(question.name)}`}>{question.title}</a>
            </h2>
            <p class="quiet">{question.description}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
