/** Scripts of names, so that the browser sets and speaks them as they are. */

const SCRIPTS: [RegExp, string][] = [
  [/\p{Script=Arabic}/u, "ar"],
  [/\p{Script=Hebrew}/u, "he"],
  [/\p{Script=Cyrillic}/u, "ru"],
  [/\p{Script=Greek}/u, "el"],
  [/\p{Script=Han}/u, "zh"],
  [/\p{Script=Myanmar}/u, "my"],
];

/** The likeliest language of a name in a script other than Latin, by the first letter of such. */
export function languageOf(text: string): string | undefined {
  let best: { at: number; language: string } | undefined;
  for (const [script, language] of SCRIPTS) {
    const at = text.search(script);
    if (at >= 0 && (best === undefined || at < best.at)) best = { at, language };
  }
  return best?.language;
}
