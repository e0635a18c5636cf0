import { useTitle } from "../components/notes";
import { isKey, useWords } from "../lib/language";

const SECTIONS = [1, 2, 3, 4, 5, 6] as const;

export function Help() {
  const { t } = useWords();
  useTitle(t("nav.help"));
  return (
    <article class="prose">
      <h1>{t("help.title")}</h1>
      {SECTIONS.map((number) => {
        const [title, text] = [`help.${number}.title`, `help.${number}.text`];
        return (
          <section key={number}>
            <h2>{isKey(title) && t(title)}</h2>
            <p>{isKey(text) && t(text)}</p>
          </section>
        );
      })}
      <p class="quiet">
        <a href="/assets/licences.txt" target="_blank" rel="noopener">
          {t("help.licences")}
        </a>
      </p>
    </article>
  );
}
