import { useEffect, useState } from "preact/hooks";
import { useWords } from "../lib/language";
import { remember, remembered } from "../lib/remember";
import type { Route } from "../lib/routes";
import { Search } from "./search";

const THEMES = ["auto", "light", "dark"] as const;
type Theme = (typeof THEMES)[number];

export function Header({ here }: { here: Route }) {
  const { t, language, choose } = useWords();
  const known = remembered("theme");
  const [theme, setTheme] = useState<Theme>(THEMES.find((theme) => theme === known) ?? "auto");
  useEffect(() => {
    if (theme === "auto") document.documentElement.removeAttribute("data-theme");
    else document.documentElement.setAttribute("data-theme", theme);
    remember("theme", theme);
  }, [theme]);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "auto";
  const link = (href: string, pages: Route["page"][], text: string) => (
    <a href={href} aria-current={pages.includes(here.page) ? "page" : undefined}>
      {text}
    </a>
  );
  return (
    <header class="top">
      <a class="home" href="/" aria-label={`isnad: ${t("nav.start")}`}>
        <svg viewBox="0 0 32 12" aria-hidden="true">
          <path d="M6 6h20" />
          <circle cx="5" cy="6" r="4" />
          <circle class="middle" cx="16" cy="6" r="4" />
          <circle cx="27" cy="6" r="4" />
        </svg>
        <span lang="en">isnad</span>
      </a>
      {here.page !== "start" && here.page !== "find" && <Search />}
      <nav aria-label={t("nav.main")}>
        {link("/ask", ["questions", "question"], t("nav.questions"))}
        {link("/sparql", ["sparql"], t("nav.sparql"))}
        {link("/help", ["help"], t("nav.help"))}
        <button
          type="button"
          class="plain"
          lang={language === "en" ? "ar" : "en"}
          onClick={() => choose(language === "en" ? "ar" : "en")}
        >
          {language === "en" ? "العربية" : "English"}
        </button>
        <button
          type="button"
          class="plain theme"
          aria-label={t("theme", { theme: t(`theme.${theme}`) })}
          title={t("theme", { theme: t(`theme.${theme}`) })}
          onClick={() => setTheme(next)}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true" class={theme}>
            <circle cx="8" cy="8" r="6.500" />
            {theme !== "light" && (
              <path
                d={
                  theme === "dark"
                    ? "M8 1.500a6.500 6.500 0 0 1 0 13a6.500 6.500 0 0 1 0-13"
                    : "M8 1.500a6.500 6.500 0 0 1 0 13"
                }
              />
            )}
          </svg>
        </button>
      </nav>
    </header>
  );
}
