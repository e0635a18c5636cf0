import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test as base, expect, type Page } from "@playwright/test";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A page that fails its test where anything goes wrong in it, or where it asks anybody but the server. */
export const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what is asked for
  baseURL: async ({}, use) => {
    await use(process.env.BASE ?? "");
  },
  page: async ({ page, baseURL }, use) => {
    const wrong: string[] = [];
    page.on("console", (message) => {
      // The browser's own note on an answer that the page shows as such.
      const told = message.text().includes("the server responded with a status of 4");
      if (["error", "warning"].includes(message.type()) && !told) wrong.push(message.text());
    });
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("request", (request) => {
      if (!request.url().startsWith(`${baseURL}/`) && !/^(blob|data):/.test(request.url())) wrong.push(request.url());
    });
    await use(page);
    expect(wrong).toEqual([]);
    expect(await page.evaluate(() => (window as unknown as { hacked?: number }).hacked)).toBeUndefined();
  },
});

/** Fails where axe finds anything against WCAG 2.2 AA, or its own best practices. */
export async function accessible(page: Page): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: () => Promise<{ violations: Violation[] }> } };
    return (await axe.run()).violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`),
    }));
  });
  expect(found).toEqual([]);
}

interface Violation {
  id: string;
  nodes: { html: string; failureSummary: string }[];
}

/** The person of whom the sample corpus tells most. */
export const PERSON = "Ragheed al-Tatari";

export async function openPerson(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByRole("combobox").fill("raghid tatari");
  await page.getByRole("option", { name: PERSON }).click();
  await expect(page.getByRole("heading", { level: 1, name: PERSON })).toBeVisible();
}

export { expect };
