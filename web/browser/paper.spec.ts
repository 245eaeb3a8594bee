// Small screens and paper: nothing is cut, nothing runs one letter a line.
import { readFileSync } from "node:fs";
import { expect, test } from "./server";

test.use({ store: "paper" });

const account = (side: string) => readFileSync(`../examples/accounts/call-2031-04-02.${side}.txt`, "utf8");

test("both texts of a comparison are printed to their ends", async ({ page, home }) => {
  await page.goto(home);
  await page.getByRole("button", { name: "Compare with another account" }).click();
  await page.getByLabel("Account 1", { exact: true }).fill(account("norrland").repeat(3));
  await page.getByLabel("Account 2", { exact: true }).fill(account("sudovia").repeat(3));
  await page.getByRole("button", { name: "Compare 2 accounts" }).click();
  await page.locator("button.claim").first().click();
  await expect(page.locator(".pane-text")).toHaveCount(2);
  await page.emulateMedia({ media: "print" });
  const hidden = await page.locator(".pane-text").evaluateAll((panes) => panes.map((p) => p.scrollHeight - p.clientHeight));
  expect(Math.max(...hidden)).toBeLessThanOrEqual(1);
});

test("an account in which nothing could be read is not called silent", async ({ page, home }) => {
  await page.goto(home);
  await page.getByRole("button", { name: "Compare with another account" }).click();
  await page.getByLabel("Account 1", { exact: true }).fill(account("norrland"));
  await page.getByLabel("Account 2", { exact: true }).fill("Teo Vasca of Sudovia spoke by telephone with Ilse Maren of Norrland.");
  await page.getByRole("button", { name: "Compare 2 accounts" }).click();
  await expect(page.getByRole("note").first()).toContainText("Nothing could be read in this account");
  await expect(page.getByRole("table")).toContainText("nothing could be read in this account");
  await expect(page.getByRole("table")).not.toContainText("only Norrland");
});

test("figures on a narrow screen keep their words whole", async ({ page, home }) => {
  await page.goto(home);
  await page.getByLabel("Text to read").fill(readFileSync("../examples/call/report.txt", "utf8"));
  await page.getByRole("button", { name: "Read", exact: true }).click();
  await page.getByRole("button", { name: "Keep this document" }).click();
  await page.waitForURL(/#\/document\//);
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto(`${home}#/stats`);
  const names = page.locator(".shares tbody th, .shares thead th");
  await expect(names.first()).toBeVisible();
  const narrow = await names.evaluateAll((cells) => {
    // A word that is broken takes more lines than it has words.
    const lines = (e: Element) => e.getBoundingClientRect().height / parseFloat(getComputedStyle(e).lineHeight);
    return cells.filter((e) => lines(e) > (e.textContent ?? "").trim().split(/\s+/).length + 1.5).map((e) => e.textContent);
  });
  expect(narrow).toEqual([]);
});
