import { DOCUMENT, iri, NAMES } from "./hostile";
import { accessible, expect, test } from "./page";

test("the policy lets nothing in", async ({ request }) => {
  for (const path of ["/", "/entity/person/x", "/sparql", "/ask", "/help"]) {
    const response = await request.get(path, { headers: { accept: "text/html" } });
    const policy = response.headers()["content-security-policy"] ?? "";
    expect(policy, path).toContain("default-src 'none'");
    expect(policy, path).toContain("frame-ancestors 'none'");
    expect(policy, path).not.toMatch(/unsafe|https?:|\*/);
    const html = await response.text();
    expect(html).not.toMatch(/<script(?![^>]* src=)|<style| style=| on\w+=/);
  }
});

for (const [key, name] of Object.entries(NAMES)) {
  test(`a hostile name stays text: ${key}`, async ({ page }) => {
    await page.goto(`/entity?iri=${encodeURIComponent(iri(key))}`);
    await expect(page.getByRole("heading", { level: 1 }).locator("bdi")).toHaveText(name, { useInnerText: false });
    await accessible(page);
    await page.goto(`/find?q=${encodeURIComponent(name.slice(0, 200))}`);
    await expect(page.locator(".hits, [role=status]").first()).toBeVisible();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
  });
}

test("a name in Arabic is marked as such", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("combobox").fill(NAMES.arabic ?? "");
  const option = page.getByRole("option").filter({ hasText: NAMES.arabic ?? "" });
  await expect(option.locator("bdi[lang=ar]").first()).toBeVisible();
  await option.click();
  await expect(page.locator("h1 bdi")).toHaveAttribute("lang", "ar");
});

test("a hostile document stays text", async ({ page }) => {
  await page.goto("/find?q=Karim+Zaytun");
  await page.locator(".hits a").first().click();
  await page.getByRole("region", { name: "Sources" }).getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("<script>");
  await expect(page.locator(".text")).toContainText("<script>window.hacked = 8</script>");
  await expect(page.getByRole("link", { name: /Original/ })).toHaveCount(0);
  expect(await page.locator("a[href^='javascript:' i]").count()).toBe(0);
  // Letters of two units before a name do not move its mark.
  const marked = page.locator(".sentence").filter({ hasText: "stral letters" }).locator("a.person");
  await expect(marked.first()).toHaveText("Karim Zaytun");
  expect(await page.title()).toContain(DOCUMENT.title.slice(0, 20));
  await accessible(page);
});

test("addresses that are none", async ({ page, request }) => {
  for (const path of ["/entity/%00", "/entity/a%20b", "/entity?iri=javascript:alert(1)", "/find?q=%F0%9F"]) {
    const response = await request.get(path, { headers: { accept: "text/html" } });
    expect(response.status(), path).toBe(200);
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 }).or(page.getByRole("alert")).first()).toBeVisible();
  }
  expect((await request.get("/assets/..%2findex.html")).status()).toBe(404);
  expect((await request.get("/api/entity?iri=%00")).status()).toBe(400);
});
