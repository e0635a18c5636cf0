/** Events or steps in order, each with a strip that shows on which days it may have happened. */

import type { ComponentChildren } from "preact";
import { dayNumber, ticks, when } from "../lib/dates";
import { useWords } from "../lib/language";
import { scale, strip } from "../lib/strip";
import type { Days } from "../types";

const WIDTH = 1000;
const HEIGHT = 24;
/** As many labels as stand beside each other in the narrow strip. */
const TICKS = 4;

export interface Row extends Days {
  key: string;
  /** Drawn hollow: what is not told as a fact. */
  hollow: boolean;
  inferred: boolean;
  content: ComponentChildren;
}

export function Timeline({ rows }: { rows: Row[] }) {
  const words = useWords();
  const span = scale(rows, WIDTH);
  const place = (x: number) => (words.rtl ? WIDTH - x : x);
  const marks = span ? ticks(words, span.from, span.to, TICKS) : [];
  return (
    <div class="timeline">
      {span && marks.length > 0 && (
        <div class="axis-labels" aria-hidden="true">
          {marks.map(({ at, label }) => (
            <span key={at} style={{ insetInlineStart: `${(span.x(at) / WIDTH) * 100}%` }}>
              {label}
            </span>
          ))}
        </div>
      )}
      <ol>
        {rows.map((row) => (
          <li key={row.key} class={row.hollow ? "hollow" : undefined}>
            <div class="when">
              {when(words, row)}
              {row.inferred && (row.earliest || row.latest) && <span class="quiet"> · {words.t("date.inferred")}</span>}
            </div>
            <div class="what">{row.content}</div>
            <div class="strip">
              {span && <Strip days={row} x={span.x} place={place} marks={marks.map(({ at }) => at)} />}
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Strip(props: { days: Days; x: (day: number) => number; place: (x: number) => number; marks: number[] }) {
  const { x, place } = props;
  const shape = strip(dayNumber(props.days.earliest), dayNumber(props.days.latest), x, WIDTH);
  const middle = HEIGHT / 2;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {props.marks.map((at) => (
        <line key={at} class="grid" x1={place(x(at))} x2={place(x(at))} y1="0" y2={HEIGHT} />
      ))}
      {shape?.kind === "bar" && (
        <rect
          class="bar"
          x={Math.min(place(shape.from), place(shape.to))}
          width={shape.to - shape.from}
          y={middle - 5}
          height="10"
          rx="3"
        />
      )}
      {shape?.kind === "open" &&
        [0.8, 0.5, 0.2].map((share, at) => {
          const third = (shape.to - shape.from) / 3;
          const from = shape.from + third * at;
          const opacity = shape.fades === "end" ? share : 1 - share;
          return (
            <rect
              key={share}
              class="open"
              opacity={opacity}
              x={Math.min(place(from), place(from + third))}
              width={third}
              y={middle - 5}
              height="10"
            />
          );
        })}
      {shape?.kind === "point" && (
        <rect class="point" x={place(shape.at) - 5} y={middle - 8} width="10" height="16" rx="4" />
      )}
    </svg>
  );
}
