/** Cutting a text at the ends of marks that may lie within each other. */

import type { Range } from "../types";

/** A piece of text and the marks that cover it, the innermost first. */
export interface Segment<M> {
  text: string;
  marks: M[];
}

/** The pieces of `letters` from one place to another. Places are counted in code points. */
export function segments<M extends { at: Range }>(letters: string[], [from, to]: Range, marks: M[]): Segment<M>[] {
  const inside = marks.filter(({ at }) => at[0] < to && at[1] > from && at[0] < at[1]);
  const ends = new Set([from, to]);
  for (const { at } of inside) {
    ends.add(Math.max(from, at[0]));
    ends.add(Math.min(to, at[1]));
  }
  const cuts = [...ends].sort((one, other) => one - other);
  const pieces: Segment<M>[] = [];
  for (let index = 0; index + 1 < cuts.length; index += 1) {
    const [start, end] = [cuts[index] ?? 0, cuts[index + 1] ?? 0];
    const covering = inside.filter(({ at }) => at[0] <= start && at[1] >= end);
    covering.sort((one, other) => one.at[1] - one.at[0] - (other.at[1] - other.at[0]));
    pieces.push({ text: letters.slice(start, end).join(""), marks: covering });
  }
  return pieces;
}

/** The sentences of a text and what stands between them, without gap. */
export function stretches(length: number, sentences: Range[]): { at: Range; sentence: number | undefined }[] {
  const all: { at: Range; sentence: number | undefined }[] = [];
  let end = 0;
  sentences.forEach(([from, to], sentence) => {
    if (from < end || to <= from) return;
    if (from > end) all.push({ at: [end, from], sentence: undefined });
    all.push({ at: [from, to], sentence });
    end = to;
  });
  if (end < length) all.push({ at: [end, length], sentence: undefined });
  return all;
}

/** Whether two ranges share a letter. */
export function overlap(one: Range, other: Range): boolean {
  return one[0] < other[1] && other[0] < one[1];
}
