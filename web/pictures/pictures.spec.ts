// Makes the README's pictures in ../docs: `npm run pictures`.
import { test } from "../browser/server";

test.use({ viewport: { width: 1200, height: 860 }, colorScheme: "light" });

test("reading", async ({ page, home }) => {
  await page.goto(home);
  await page.getByRole("button", { name: /A report on a call/ }).click();
  await page.locator("article .m", { hasText: "consequences for the joint port" }).first().click();
  await page.mouse.move(0, 0);
  await page.locator(".columns").evaluate((e) => scrollTo(0, e.getBoundingClientRect().top + scrollY - 2));
  await page.screenshot({ path: "../docs/reading.png" });
});

test("comparison", async ({ page, home }) => {
  await page.goto(home);
  await page.getByRole("button", { name: /Two readouts/ }).click();
  await page.getByRole("table").waitFor();
  await page.mouse.move(0, 0);
  await page.screenshot({ path: "../docs/comparison.png" });
  await page.getByRole("button", { name: /demanded/ }).click();
  await page.mouse.move(0, 0);
  await page.locator("#issue").blur();
  await page.screenshot({ path: "../docs/side-by-side.png" });
  await page.getByRole("button", { name: "← All issues" }).click();
  await page.getByRole("button", { name: "Keep these documents" }).click();
  await page.waitForURL(/#\/accounts\//);
});

test("search", async ({ page, home }) => {
  await page.goto(home);
  await page.getByRole("button", { name: /A report on a call/ }).click();
  await page.getByRole("button", { name: "Keep this document" }).click();
  await page.waitForURL(/#\/document\//);
  await page.goto(`${home}#/search?q=ban`);
  await page.locator(".hit").first().waitFor();
  await page.screenshot({ path: "../docs/search.png" });
});
