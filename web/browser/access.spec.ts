// Accessibility of every page, by axe, in light and dark and at the width of a phone.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./server";

const LOOKS = {
  light: { colorScheme: "light", viewport: { width: 1280, height: 900 } },
  dark: { colorScheme: "dark", viewport: { width: 1280, height: 900 } },
  phone: { colorScheme: "light", viewport: { width: 390, height: 844 } },
} as const;

async function check(page: Page) {
  const { violations, passes } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]).analyze();
  const grave = violations.filter((v) => v.impact === "serious" || v.impact === "critical");
  expect(grave.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(" | ")}`)).toEqual([]);
  expect(passes.length).toBeGreaterThan(5);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide, "the page is wider than the window").toBeLessThanOrEqual(0);
}

for (const [look, options] of Object.entries(LOOKS)) {
  test.describe(look, () => {
    test.use(options);

    test("reading and comparison", async ({ page, home }) => {
      await page.goto(home);
      await check(page);
      await page.getByRole("button", { name: /A report on a call/ }).click();
      await page.locator("article .m", { hasText: "consequences for the joint port" }).first().click();
      await check(page);
      await page.getByRole("link", { name: "Read", exact: true }).click();
      await page.getByRole("button", { name: /Two readouts/ }).click();
      await page.getByRole("table").waitFor();
      await check(page);
      await page.getByRole("button", { name: /demanded/ }).click();
      await check(page);
    });

    test("the pages over the store", async ({ page, home }) => {
      await page.goto(home);
      await page.getByRole("button", { name: /A report on a call/ }).click();
      await page.getByRole("button", { name: "Keep this document" }).click();
      await page.waitForURL(/#\/document\//);
      await page.locator("article .m", { hasText: "consequences for the joint port" }).first().click();
      await page.getByRole("button", { name: "Another speaker" }).click();
      await check(page);
      for (const name of ["Documents", "Conversations", "Figures", "Speakers"]) {
        await page.getByRole("link", { name, exact: true }).click();
        await expect(page.getByRole("table").first()).toBeVisible();
        await check(page);
      }
      await page.getByRole("link", { name: "Ilse Maren", exact: true }).click();
      await expect(page.locator(".timeline")).toBeVisible();
      await check(page);
      await page.goto(`${home}#/search?q=ban&act=say`);
      await expect(page.locator(".hit").first()).toBeVisible();
      await check(page);
    });
  });
}
