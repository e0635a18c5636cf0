/** Days as the graph has them: `2024-12-08`, with the first and the last that are possible. */

import type { Days } from "../types";
import type { Words } from "./language";

const DAY = 86_400_000;

/** Days since 1970; nothing for what is no day. */
export function dayNumber(day: string | null | undefined): number | undefined {
  const match = day?.match(/^(-?\d{4,6})-(\d\d)-(\d\d)/);
  if (!match) return undefined;
  const [year, month, date] = match.slice(1).map(Number) as [number, number, number];
  const time = new Date(0);
  time.setUTCFullYear(year, month - 1, date);
  return Math.round(time.getTime() / DAY);
}

/** The year, month and day of a day's number. */
export function ofDay(number: number): Date {
  return new Date(number * DAY);
}

/** A day in words. */
export function day(words: Words, text: string): string {
  const number = dayNumber(text);
  if (number === undefined) return text;
  return format(words, { day: "numeric", month: "short", year: "numeric" }).format(ofDay(number));
}

function format(words: Words, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(words.language === "ar" ? "ar-u-nu-latn" : "en-GB", { ...options, timeZone: "UTC" });
}

/** When it may have been, as briefly as it can be said: a day, a month, a year, or from one day to another. */
export function when(words: Words, { earliest, latest }: Days): string {
  if (!earliest && !latest) return words.t("date.undated");
  if (!earliest) return words.t("date.until", { day: day(words, latest ?? "") });
  if (!latest) return words.t("date.from", { day: day(words, earliest) });
  if (earliest === latest) return day(words, earliest);
  const [from, to] = [dayNumber(earliest), dayNumber(latest)];
  if (from === undefined || to === undefined) return `${earliest} – ${latest}`;
  const [first, last] = [ofDay(from), ofDay(to)];
  const next = ofDay(to + 1);
  const wholeMonths = first.getUTCDate() === 1 && next.getUTCDate() === 1;
  if (wholeMonths && first.getUTCMonth() === 0 && next.getUTCMonth() === 0) {
    const [one, other] = [first.getUTCFullYear(), last.getUTCFullYear()];
    return one === other ? String(one) : `${one}–${other}`;
  }
  const sameMonth = first.getUTCMonth() === last.getUTCMonth() && first.getUTCFullYear() === last.getUTCFullYear();
  if (wholeMonths && sameMonth) return format(words, { month: "long", year: "numeric" }).format(first);
  return words.t("date.between", { from: day(words, earliest), to: day(words, latest) });
}

/** The marks of an axis from one day to another: years, months or days, whichever are few enough. */
export function ticks(words: Words, from: number, to: number, most: number): { at: number; label: string }[] {
  const [first, last] = [ofDay(from), ofDay(to)];
  const years = last.getUTCFullYear() - first.getUTCFullYear();
  const marks: { at: number; label: string }[] = [];
  const push = (time: Date, options: Intl.DateTimeFormatOptions) => {
    const at = Math.round(time.getTime() / DAY);
    if (at >= from && at <= to) marks.push({ at, label: format(words, options).format(time) });
  };
  if (years >= 2) {
    const step = [1, 2, 5, 10, 20, 50, 100, 500, 1000, 5000].find((step) => years / step <= most) ?? 10_000;
    const start = Math.ceil(first.getUTCFullYear() / step) * step;
    for (let year = start; year <= last.getUTCFullYear(); year += step) {
      const time = new Date(0);
      time.setUTCFullYear(year, 0, 1);
      push(time, { year: "numeric" });
    }
    return marks;
  }
  const months = years * 12 + last.getUTCMonth() - first.getUTCMonth();
  if (months >= 2) {
    const step = [1, 2, 3, 6].find((step) => months / step <= most) ?? 12;
    for (let month = 0; month <= months + 1; month += step) {
      push(new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + month, 1)), {
        month: "short",
        year: "numeric",
      });
    }
    return marks;
  }
  const step = [1, 2, 7, 14].find((step) => (to - from) / step <= most) ?? 28;
  for (let at = from; at <= to; at += step) push(ofDay(at), { day: "numeric", month: "short" });
  return marks;
}
