import { readFileSync } from "node:fs";
import { accessible, expect, openPerson, PERSON, test } from "./page";

test("search by keyboard, in any spelling", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Most spoken of" })).toBeVisible();
  await page.keyboard.press("/");
  const box = page.getByRole("combobox");
  await expect(box).toBeFocused();
  await box.pressSequentially("righid tatary");
  const option = page.getByRole("option").first();
  await expect(option).toContainText(PERSON);
  await expect(option).toContainText("person");
  await expect(option).toContainText("4 documents");
  await expect(box).toHaveAttribute("aria-expanded", "true");
  await accessible(page);
  await page.keyboard.press("ArrowDown");
  await expect(option).toHaveAttribute("aria-selected", "true");
  await expect(box).toHaveAttribute("aria-activedescendant", (await option.getAttribute("id")) ?? "");
  await page.keyboard.press("Escape");
  await expect(box).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/entity\/person\//);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(PERSON);
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Most spoken of" })).toBeVisible();
});

test("all that a search finds, by kind", async ({ page }) => {
  await page.goto("/find?q=saydnaya");
  const hits = page.locator(".hits li");
  await expect(hits.first()).toContainText("Saydnaya Military Prison");
  const all = await hits.count();
  await page.getByRole("button", { name: "Facilities" }).click();
  await expect(page).toHaveURL(/type=Facility/);
  await expect.poll(() => hits.count()).toBeLessThan(all);
  await accessible(page);
  await page.goto("/find?q=qqqqzzzz");
  await expect(page.getByText("Nobody and nothing here is called that")).toBeVisible();
});

test("an entity: names, custody, events, relations, sources", async ({ page }) => {
  await openPerson(page);
  await expect(page.locator(".called")).toContainText("Raghid al-Tatri");
  await expect(page.locator(".summary")).toContainText("Tadmur Prison");
  const custody = page.getByRole("region", { name: "Custody" });
  await expect(custody.getByRole("listitem").filter({ hasText: "Tadmur Prison" }).first()).toBeVisible();
  const events = page.getByRole("region", { name: "Events" });
  await expect(events.locator("li.hollow").filter({ hasText: "trial" })).toContainText("negative");
  const before = await events.getByRole("listitem").count();
  await events.getByRole("combobox").selectOption({ label: "release" });
  await expect.poll(() => events.getByRole("listitem").count()).toBeLessThan(before);
  await expect(page.getByRole("region", { name: "Sources" })).toContainText("Sample Gazette");
  await accessible(page);
});

test("every statement opens its evidence, and the address keeps it", async ({ page }) => {
  await openPerson(page);
  const relations = page.getByRole("region", { name: "Relations" });
  const opener = relations.getByRole("button", { name: "Evidence: transferred to Tadmur Prison" });
  await opener.click();
  const panel = page.getByRole("complementary", { name: "Evidence" });
  await expect(panel.locator("mark").first()).toContainText("Tadmor Prison");
  await expect(panel).toContainText("press accounts");
  await expect(panel).toContainText("Sample Gazette");
  await expect(panel).toContainText("confidence");
  await expect(panel.locator("code").first()).toContainText("entailed:");
  await accessible(page);
  await page.reload();
  await expect(panel.locator("mark").first()).toContainText("Tadmor Prison");
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
  await opener.focus();
  await page.keyboard.press("Enter");
  await expect(panel).toBeVisible();
  await page.goBack();
  await expect(panel).toHaveCount(0);
  await expect(opener).toBeFocused();
  await opener.click();
  await panel.getByRole("link", { name: "Open in the document" }).first().click();
  await expect(page).toHaveURL(/\/document\/\w+\?at=\d+-\d+/);
  await expect(page.locator(".sentence.chosen")).toContainText("Tadmor Prison");
});

test("conflicting figures stand side by side", async ({ page }) => {
  await page.goto("/find?q=saydnaya+prison&type=Facility");
  await page.locator(".hits a").first().click();
  const figures = page.getByRole("region", { name: "Figures" });
  await expect(figures.getByRole("row").first()).toContainText("5,000–13,000");
  await expect(figures.getByRole("row").first()).toContainText("Amnesty International");
  await figures
    .getByRole("button", { name: /^Evidence/ })
    .first()
    .click();
  await expect(page.getByRole("complementary", { name: "Evidence" }).locator("mark")).toContainText("13,000");
});

test("a document: what was read from each sentence", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "A year of mornings: the pilot who came home" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("A year of mornings: the pilot who came home");
  const sentence = page.locator(".sentence").filter({ hasText: "first arrest to 1980" });
  await expect(sentence.locator(".trigger")).toHaveText("arrest");
  await expect(page.locator(".sentence.nothing").first()).toHaveText("Weekend feature");
  await expect(page.getByRole("link", { name: /Original/ })).toHaveAttribute("href", /^https:\/\/gazette\.example\//);
  await sentence.getByRole("button").click();
  const read = page.getByRole("complementary", { name: "Read from the selected sentence" });
  await expect(read).toContainText("arrest");
  await expect(read.getByRole("link", { name: PERSON })).toBeVisible();
  await accessible(page);
  await read
    .getByRole("button", { name: /^Evidence/ })
    .first()
    .click();
  await expect(page.getByRole("complementary", { name: "Evidence" }).locator("mark").first()).toContainText("1980");
});

test("a question: form, completion, table, file, chart", async ({ page }) => {
  await page.goto("/ask");
  await page.getByRole("searchbox").fill("held facilities");
  await page.getByRole("link", { name: "Facilities where somebody was held" }).click();
  await page.locator("#field-person").fill("tatari");
  await page.getByRole("option", { name: PERSON }).click();
  await page.getByRole("button", { name: "Ask" }).click();
  await expect(page).toHaveURL(/person=Ragheed\+al-Tatari/);
  const table = page.getByRole("table");
  await expect(table.getByRole("link", { name: "Tadmur Prison" }).first()).toHaveAttribute(
    "href",
    /^\/entity\/facility\//,
  );
  await accessible(page);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download CSV" }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("held-at.csv");
  expect(readFileSync(await file.path(), "utf8")).toMatch(/^\ufefffacility_name,relation,.*Tadmur Prison/s);
  await page.goto("/ask/held-at?person=Nobody+Whatever");
  await expect(page.getByRole("alert")).toContainText("Nobody Whatever");
});

test("SPARQL: the editor, results, errors, addresses", async ({ page }) => {
  await page.goto("/sparql");
  const editor = page.locator(".CodeMirror");
  await expect(editor).toContainText("PREFIX isnad:");
  await page.getByRole("button", { name: "Events by kind" }).click();
  await page.getByRole("button", { name: "Run" }).click();
  await expect(page.getByRole("table")).toContainText("Release");
  await page.getByRole("button", { name: "Chart" }).click();
  await expect(page.locator(".chart")).toContainText("Release");
  await accessible(page);
  await expect(page).toHaveURL(/#query=/);
  await page.reload();
  await expect(page.getByRole("table")).toContainText("Release");
  await editor.click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText("SELECT * {");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("alert")).toContainText("Line 1");
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText("CONSTRUCT { ?s rdfs:label ?o } { ?s rdfs:label ?o } LIMIT 3");
  await page.keyboard.press("Control+Enter");
  await expect(page.locator(".triples")).toContainText("label");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Run" })).toBeFocused();
});

test("Arabic turns the pages around", async ({ page }) => {
  await openPerson(page);
  await page.getByRole("button", { name: "العربية" }).click();
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(page.getByRole("heading", { name: "الاحتجاز" })).toBeVisible();
  await expect(page.locator(".classes")).toContainText("شخص");
  const [heading, page_] = await Promise.all([page.locator("h1").boundingBox(), page.locator("main").boundingBox()]);
  expect((heading?.x ?? 0) + (heading?.width ?? 0)).toBeGreaterThan((page_?.width ?? 0) * 0.8);
  await accessible(page);
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "ar");
  await page.getByRole("button", { name: "English" }).click();
});

test("dark colours, and a phone", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 360, height: 740 });
  await openPerson(page);
  await accessible(page);
  await page
    .getByRole("button", { name: /^Evidence/ })
    .first()
    .click();
  await expect(page.getByRole("complementary", { name: "Evidence" }).locator("mark").first()).toBeVisible();
  await accessible(page);
  for (const path of ["/", "/ask", "/ask/figures?unit=detainee", "/sparql", "/help", "/find?q=damascus"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.waitForLoadState("networkidle");
    await accessible(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide, path).toBeLessThanOrEqual(0);
  }
});

test("what is not there says so", async ({ page }) => {
  for (const path of ["/entity/person/none", "/document/none", "/ask/none"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  }
  await accessible(page);
});
