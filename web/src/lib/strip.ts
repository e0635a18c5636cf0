/** Where days lie on a line, and what is drawn for them. */

import type { Days } from "../types";
import { dayNumber } from "./dates";

/** Room for what has only one end, as a share of the line. */
const OPEN = 0.12;
/** What is narrower than this is a point. */
const NARROW = 12;
const MARGIN = 0.02;

export interface Scale {
  from: number;
  to: number;
  x: (day: number) => number;
}

/** A scale over all days that are known; none where there are none. */
export function scale(all: Days[], width: number): Scale | undefined {
  const known = all
    .flatMap(({ earliest, latest }) => [dayNumber(earliest), dayNumber(latest)])
    .filter((day) => day !== undefined);
  if (known.length === 0) return undefined;
  const first = known.reduce((one, other) => Math.min(one, other));
  const last = known.reduce((one, other) => Math.max(one, other));
  const room = Math.max(3, Math.round((last - first) * MARGIN));
  const [from, to] = [first - room, last + room];
  return { from, to, x: (day) => ((day - from) / (to - from)) * width };
}

export type Shape =
  | { kind: "point"; at: number }
  | { kind: "bar"; from: number; to: number }
  /** `fades` says which of its ends is not known. */
  | { kind: "open"; from: number; to: number; fades: "start" | "end" };

/** What is drawn for the first and the last possible day. */
export function strip(
  earliest: number | undefined,
  latest: number | undefined,
  x: (day: number) => number,
  width: number,
): Shape | undefined {
  if (earliest !== undefined && latest !== undefined) {
    const [from, to] = [x(earliest), x(latest + 1)];
    return to - from < NARROW ? { kind: "point", at: (from + to) / 2 } : { kind: "bar", from, to };
  }
  if (earliest !== undefined) {
    const from = x(earliest);
    return { kind: "open", from, to: Math.min(width, from + width * OPEN), fades: "end" };
  }
  if (latest !== undefined) {
    const to = x(latest + 1);
    return { kind: "open", from: Math.max(0, to - width * OPEN), to, fades: "start" };
  }
  return undefined;
}
