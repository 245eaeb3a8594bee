// A document of a case checked against the others of its case.
import { readFileSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "./server";

test.use({ store: "check" });

test("a document is checked against a source that is chosen, and against all", async ({ page, home }) => {
  await page.goto(`${home}#/documents`);
  await page.locator("input[type=file]").setInputFiles([
    "../examples/check/article.txt",
    "../examples/check/transcript.txt",
    "../examples/call/report.txt",
  ]);
  await page.getByRole("link", { name: "Ferry to return in July" }).click();
  await page.getByRole("link", { name: "Check against…" }).click();
  await expect(page.getByRole("heading", { name: "Check “Ferry to return in July” against…" })).toBeVisible();
  await expect(page.locator(".list tbody tr")).toHaveCount(2);

  await page.getByLabel(/^Check against .*argue over fishing ban/).check();
  await page.getByRole("link", { name: "Check against 1 document" }).click();
  await expect(page.locator(".counts")).toContainText("not found");
  await expect(page.locator(".counts")).not.toContainText("exact");

  await page.getByRole("link", { name: "Check against others" }).click();
  await page.getByRole("link", { name: "Check against all others" }).click();
  await expect(page.locator(".counts")).toContainText("1 exact");
  await expect(page.locator(".counts")).toContainText("2 altered in what is said");
  const lost = page.getByRole("row", { name: /this step lightly/ });
  await expect(lost.locator("del.meaning")).toHaveText("did not take");
  await expect(lost.locator("ins.meaning")).toHaveText("took");
  await expect(lost).toContainText("negation (changes what is said)");
  await expect(page.getByRole("row", { name: /sea belongs to all/ })).toContainText("not found");

  for (const [format, words] of [["HTML page", "<!DOCTYPE html>"], ["CSV", "source_speaker"], ["Annotations", "TextPositionSelector"]] as const) {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: format }).click();
    expect(readFileSync((await (await download).path())!, "utf8")).toContain(words);
  }
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa"]).analyze();
  expect(violations.map((v) => v.id)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), "as narrow as a phone").toBeLessThanOrEqual(0);

  await lost.getByRole("link", { name: /We took this step lightly/ }).click();
  await expect(page.getByRole("region", { name: "Chosen passage" })).toContainText("We took this step lightly");
});
