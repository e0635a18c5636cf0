import { describe, expect, test } from "vitest";
import type { Range } from "../types";
import { overlap, segments, stretches } from "./segments";

const cut = (text: string, at: Range, marks: [string, number, number][]) =>
  segments(
    Array.from(text),
    at,
    marks.map(([name, start, end]) => ({ name, at: [start, end] as Range })),
  ).map(({ text, marks }) => [text, ...marks.map(({ name }) => name)]);

describe("segments", () => {
  test("marks within marks are cut, the innermost first", () => {
    expect(
      cut(
        "the prison in Homs",
        [0, 18],
        [
          ["outer", 4, 18],
          ["inner", 14, 18],
        ],
      ),
    ).toEqual([["the "], ["prison in ", "outer"], ["Homs", "inner", "outer"]]);
  });
  test("marks that cross are cut at every end", () => {
    expect(
      cut(
        "abcdef",
        [0, 6],
        [
          ["one", 1, 4],
          ["two", 3, 5],
        ],
      ),
    ).toEqual([["a"], ["bc", "one"], ["d", "two", "one"], ["e", "two"], ["f"]]);
  });
  test("what goes beyond the stretch is cut off, what lies elsewhere or has no length is left out", () => {
    expect(
      cut(
        "abcdef",
        [2, 4],
        [
          ["wide", 0, 6],
          ["before", 0, 2],
          ["after", 4, 6],
          ["none", 3, 3],
        ],
      ),
    ).toEqual([["cd", "wide"]]);
  });
  test("places are code points, not units of two bytes", () => {
    expect(cut("𝓐𝓑 Ali", [0, 6], [["name", 3, 6]])).toEqual([["𝓐𝓑 "], ["Ali", "name"]]);
  });
});

describe("stretches", () => {
  test("cover the whole text, in order and without gap", () => {
    expect(
      stretches(20, [
        [2, 5],
        [5, 8],
        [10, 18],
      ]),
    ).toEqual([
      { at: [0, 2], sentence: undefined },
      { at: [2, 5], sentence: 0 },
      { at: [5, 8], sentence: 1 },
      { at: [8, 10], sentence: undefined },
      { at: [10, 18], sentence: 2 },
      { at: [18, 20], sentence: undefined },
    ]);
  });
  test("sentences that overlap or are empty do not show text twice", () => {
    const shown = stretches(10, [
      [0, 6],
      [4, 8],
      [8, 8],
    ]);
    expect(shown.map(({ at }) => at)).toEqual([
      [0, 6],
      [6, 10],
    ]);
  });
});

test("ranges that touch do not overlap", () => {
  expect([overlap([0, 2], [2, 4]), overlap([0, 3], [2, 4])]).toEqual([false, true]);
});
