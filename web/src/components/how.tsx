/** How something is said: not so, planned, with doubt; by whom; and how sure the reading is. */

import { useWords } from "../lib/language";
import { address } from "../lib/routes";
import { useTerms } from "../lib/vocabulary";
import type { Voice } from "../types";
import { Words } from "./links";

/** What keeps an event or statement from being told as a plain fact. */
export function doubts(polarity: string, modality: string): { scheme: string; name: string }[] {
  const all = [];
  if (polarity === "negative") all.push({ scheme: "polarity", name: polarity });
  if (modality && modality !== "actual") all.push({ scheme: "modality", name: modality });
  return all;
}

export function Doubts({ polarity, modality }: { polarity: string; modality: string }) {
  const terms = useTerms();
  return (
    <>
      {doubts(polarity, modality).map(({ scheme, name }) => (
        <span key={scheme} class={`badge ${name}`}>
          {terms.value(scheme, name)}
        </span>
      ))}
    </>
  );
}

export function Confidence({ value }: { value: string | null }) {
  const { t } = useWords();
  const number = Number(value);
  if (!value || !Number.isFinite(number)) return null;
  const width = Math.max(0, Math.min(1, number)) * 40;
  return (
    <span class="confidence" title={t("confidence.help")}>
      <svg viewBox="0 0 40 6" aria-hidden="true">
        <rect class="track" width="40" height="6" rx="3" />
        <rect class="value" width={width} height="6" rx="3" />
      </svg>
      {t("confidence")} {number.toFixed(2)}
    </span>
  );
}

/** Who says it, nearest to the statement first, and everybody through whom it came down. */
export function Chain({ voices }: { voices: Voice[] }) {
  const { t, rtl } = useWords();
  const how = (name: string) =>
    name === "denies" ? t("chain.denies") : name === "doubts" ? t("chain.doubts") : t("chain.footage");
  return (
    <ol class="chain">
      {voices.map((voice, at) => (
        <li key={at}>
          {at > 0 && (
            <span class="arrow" role="img" aria-label={t("chain.from")}>
              {rtl ? "→" : "←"}
            </span>
          )}
          <Who voice={voice} />
          {voice.how.map((name) => (
            <span key={name} class={`badge ${name}`}>
              {how(name)}
            </span>
          ))}
        </li>
      ))}
    </ol>
  );
}

function Who({ voice }: { voice: Voice }) {
  const { t } = useWords();
  if (!voice.who) return <span>{t("chain.document")}</span>;
  const words = <Words text={voice.who} />;
  if (voice.entity) return <a href={address(voice.entity)}>{words}</a>;
  return <span>{voice.cue ? <q>{words}</q> : words}</span>;
}
