import { expect, test } from "vitest";
import { dayNumber, ticks, when } from "./dates";
import { words } from "./language";

const en = words("en");

test.each([
  [null, null, "no date"],
  ["2024-12-08", "2024-12-08", "8 Dec 2024"],
  ["2024-01-01", "2024-12-31", "2024"],
  ["1981-01-01", "1982-12-31", "1981–1982"],
  ["2024-02-01", "2024-02-29", "February 2024"],
  ["2024-02-01", "2024-02-28", "1 Feb 2024 – 28 Feb 2024"],
  ["2024-02-01", null, "from 1 Feb 2024"],
  [null, "2024-02-01", "by 1 Feb 2024"],
  ["soon", "soon", "soon"],
])("%s to %s", (earliest, latest, expected) => {
  expect(when(en, { earliest, latest })).toBe(expected);
});

test("days are counted", () => {
  expect(dayNumber("1970-01-02")).toBe(1);
  expect((dayNumber("2024-03-01") ?? 0) - (dayNumber("2024-02-28") ?? 0)).toBe(2);
  expect(dayNumber("0800-01-01")).toBeLessThan(-400_000);
  expect(dayNumber("in May")).toBeUndefined();
});

test.each([
  ["1980-01-01", "2025-12-31"],
  ["2024-01-01", "2025-06-01"],
  ["2024-12-01", "2024-12-20"],
  ["2024-12-01", "2024-12-02"],
  ["-0500-01-01", "2025-01-01"],
])("an axis from %s to %s has few marks, all of them on it", (from, to) => {
  const [first, last] = [dayNumber(from) ?? 0, dayNumber(to) ?? 0];
  const marks = ticks(en, first, last, 6);
  expect(marks.length).toBeGreaterThan(0);
  expect(marks.length).toBeLessThanOrEqual(8);
  expect(marks.every(({ at }) => at >= first && at <= last)).toBe(true);
  expect(new Set(marks.map(({ label }) => label)).size).toBe(marks.length);
});
