/** Counts side by side: those of the same thing in one table, none preferred. */

import { when } from "../lib/dates";
import { useWords } from "../lib/language";
import { useTerms } from "../lib/vocabulary";
import type { FigureView } from "../types";
import { Chain, Doubts } from "./how";
import { EntityLink, EvidenceButton, SourceLink, Words } from "./links";

export function Figures({ figures, total }: { figures: FigureView[]; total: number }) {
  const { t } = useWords();
  const groups = new Map<string, FigureView[]>();
  for (const figure of figures) {
    const key = [figure.unit, ...figure.counted].join(" ");
    groups.set(key, [...(groups.get(key) ?? []), figure]);
  }
  return (
    <section aria-labelledby="figures">
      <h2 id="figures">{t("entity.figures")}</h2>
      <p class="quiet">{t("entity.figures.note")}</p>
      {total > figures.length && <p class="quiet">{t("entity.more", { shown: figures.length, total })}</p>}
      {[...groups].map(([key, group]) => (
        <Group key={key} figures={group} />
      ))}
    </section>
  );
}

function Group({ figures }: { figures: FigureView[] }) {
  const words = useWords();
  const { t } = words;
  const terms = useTerms();
  const [first] = figures;
  if (!first) return null;
  const numbers = figures.map((figure) => Number(figure.upper ?? figure.value ?? 0)).filter(Number.isFinite);
  const most = Math.max(1, ...numbers);
  return (
    <table class="figures">
      <caption>
        <Words text={first.unit} />
        {first.counted.length > 0 && (
          <span class="quiet"> · {first.counted.map((name) => terms.class(name)).join(", ")}</span>
        )}
      </caption>
      <tbody>
        {figures.map((figure) => (
          <tr key={figure.iri}>
            <th scope="row">
              <span class="amount">{amount(words, figure)}</span>
              {figure.bound !== "exact" && <span class="badge">{terms.value("bound", figure.bound)}</span>}
              {figure.rate && <span class="badge">{terms.value("rate", figure.rate)}</span>}
              <Doubts polarity="positive" modality={figure.modality} />
              <EvidenceButton subject={figure.iri} what={`${figure.text} ${figure.unit}`} />
            </th>
            <td class="compare">
              <Bar figure={figure} most={most} />
            </td>
            <td>
              {figure.chains.map((voices) => (
                <Chain key={JSON.stringify(voices)} voices={voices} />
              ))}
            </td>
            <td>
              {figure.place && <EntityLink to={figure.place} />}
              {(figure.from || figure.to) && (
                <span class="quiet"> {when(words, { earliest: figure.from, latest: figure.to })}</span>
              )}
            </td>
            <td class="quiet">
              <SourceLink source={figure.source} />
              <span class="hidden">{t("document")}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The number as it was given: of a word that is no number, the word. */
function amount({ number }: { number: (value: number) => string }, figure: FigureView) {
  const value = Number(figure.value);
  if (figure.value === null || !Number.isFinite(value)) return <Words text={figure.text} />;
  const upper = Number(figure.upper);
  return figure.upper !== null && Number.isFinite(upper) ? `${number(value)}–${number(upper)}` : number(value);
}

function Bar({ figure, most }: { figure: FigureView; most: number }) {
  const low = (Number(figure.value ?? 0) / most) * 100;
  const high = figure.upper === null ? low : (Number(figure.upper) / most) * 100;
  return (
    <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect class="value" width={Math.max(low, 0.5)} height="8" />
      {high > low && <rect class="range" x={low} width={high - low} height="8" />}
    </svg>
  );
}
