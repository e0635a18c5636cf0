/** The words of the pages, in the language that somebody chose. */

import { type ComponentChildren, createContext } from "preact";
import { useContext, useEffect, useMemo, useState } from "preact/hooks";
import strings from "../strings.json";
import { remember, remembered } from "./remember";

export type Language = "en" | "ar";
export type Key = keyof typeof strings;
type Forms = string | Partial<Record<Intl.LDMLPluralRule, string>>;

export interface Words {
  language: Language;
  rtl: boolean;
  /** The words of a key, with `{name}` filled in; `n` chooses the form of the plural and is written as a number. */
  t: (key: Key, values?: Record<string, string | number>) => string;
  number: (value: number) => string;
  list: (values: string[]) => string;
  choose: (language: Language) => void;
}

/** The words of one language. */
export function words(language: Language, choose: (language: Language) => void = () => {}): Words {
  const plural = new Intl.PluralRules(language);
  // Latin digits in Arabic too: they stand beside dates and numbers of documents.
  const locale = language === "ar" ? "ar-u-nu-latn" : "en-GB";
  const numbers = new Intl.NumberFormat(locale);
  const lists = new Intl.ListFormat(locale, { type: "conjunction" });
  const number = (value: number) => numbers.format(value);
  return {
    language,
    rtl: language === "ar",
    number,
    list: (values) => lists.format(values),
    choose,
    t: (key, values = {}) => {
      const forms: Forms = strings[key][language];
      const form = typeof forms === "string" ? forms : forms[plural.select(Number(values.n))];
      const template = form ?? (forms as { other: string }).other;
      return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
        const value = values[name];
        return value === undefined ? whole : typeof value === "number" ? number(value) : value;
      });
    },
  };
}

/** Whether there are words for a key. */
export function isKey(key: string): key is Key {
  return Object.hasOwn(strings, key);
}

const Context = createContext<Words>(words("en"));
export const useWords = () => useContext(Context);

function first(): Language {
  const chosen = remembered("language");
  if (chosen === "en" || chosen === "ar") return chosen;
  return navigator.language.startsWith("ar") ? "ar" : "en";
}

export function Speaks({ children }: { children: ComponentChildren }) {
  const [language, choose] = useState(first);
  const value = useMemo(
    () =>
      words(language, (chosen) => {
        remember("language", chosen);
        choose(chosen);
      }),
    [language],
  );
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = value.rtl ? "rtl" : "ltr";
  }, [value]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}
