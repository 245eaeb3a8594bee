// A whole case in the browser: two accounts compared, kept, corrected, found again.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test } from "./server";

// What is kept here is looked for again: the store starts empty.
test.use({ store: "case" });

const account = (side: string) => readFileSync(`../examples/accounts/call-2031-04-02.${side}.txt`, "utf8");
const report = readFileSync("../examples/call/report.txt", "utf8");

async function pastePair(page: Page) {
  await page.getByRole("button", { name: "Compare with another account" }).click();
  await page.getByLabel("Account 1", { exact: true }).fill(account("norrland"));
  await page.getByLabel("Account 2", { exact: true }).fill(account("sudovia"));
  await page.getByRole("button", { name: "Compare 2 accounts" }).click();
}

test("two pasted accounts become a matrix whose cells open both texts, linked", async ({ page, home }) => {
  await page.goto(home);
  await pastePair(page);
  const row = page.getByRole("row", { name: /fishing ban/ });
  await expect(row).toContainText("differ");
  await expect(page.getByRole("row", { name: /who asked for the conversation/ })).toContainText("contradict");
  await expect(page.getByRole("row", { name: /new ferry timetable/ })).toContainText("not in the documents given");
  await expect(page.getByRole("row", { name: /northern herring quota/ })).toContainText("no clear counterpart");

  await row.getByRole("button", { name: /demanded/ }).click();
  await expect(page.getByRole("heading", { name: /fishing ban/ })).toBeFocused();
  await expect(page.locator("mark.chosen").first()).toContainText("demanded that the fishing ban");
  await expect(page.locator("mark.differ").first()).toContainText("explained why the ban");
  await expect(page.locator(".links path.differ.chosen")).toHaveCount(1);

  await page.getByRole("link", { name: /invited Ilse Maren to visit/ }).click();
  await expect(page.getByRole("heading", { name: /autumn summit/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("table")).toBeVisible();
  await page.goBack();
  await expect(page.locator("mark.chosen").first()).toBeVisible();
});

test("a kept pair stays comparable, and other documents can be compared with it", async ({ page, home }) => {
  await page.goto(home);
  await pastePair(page);
  await page.getByRole("button", { name: "Keep these documents" }).click();
  await page.waitForURL(/#\/accounts\//);
  await page.reload();
  await expect(page.getByRole("row", { name: /detained sailors/ })).toContainText("same");
  await page.getByRole("link", { name: "Ministry of Foreign Affairs of Norrland" }).click();
  await expect(page.getByRole("heading", { name: "Ministry of Foreign Affairs of Norrland" })).toBeVisible();

  await page.getByRole("link", { name: "Documents", exact: true }).click();
  await page.getByLabel("Compare Ministry of Foreign Affairs of Norrland").check();
  await page.getByLabel("Compare Unofficial translation").check();
  await page.getByRole("link", { name: "Compare 2 documents" }).click();
  await expect(page.getByRole("row", { name: /fishing ban/ })).toContainText("differ");
});

test("a corrected speaker survives a reload, is found by search, and can be undone", async ({ page, home }) => {
  await page.goto(home);
  await page.getByLabel("Text to read").fill(report);
  await page.getByRole("button", { name: "Read", exact: true }).click();
  await page.getByRole("button", { name: "Keep this document" }).click();
  await page.waitForURL(/#\/document\//);

  const passage = page.locator("article a.m", { hasText: "denied" }).or(page.locator("article .m", { hasText: "that such an offer had been made" })).last();
  await passage.click();
  const panel = page.getByRole("region", { name: "Chosen passage" });
  await expect(panel).toContainText("Mirela Dorn");
  await panel.getByRole("button", { name: "Another speaker" }).click();
  await panel.getByLabel("Who says this").selectOption({ label: "Ada Lind" });
  await panel.getByRole("button", { name: "Save speaker" }).click();
  await expect(panel.locator(".speaker").first()).toContainText("Ada Lind");

  await page.reload();
  await expect(page.getByRole("region", { name: "Chosen passage" }).locator(".speaker").first()).toContainText("Ada Lind");

  await page.getByRole("link", { name: "Search", exact: true }).click();
  await page.getByLabel("Words").fill("such an offer");
  await page.getByRole("button", { name: "Search" }).click();
  const hit = page.locator(".hit", { hasText: "such an offer had been made" });
  await expect(hit).toContainText("Ada Lind");
  await hit.getByRole("link", { name: /such an offer/ }).click();

  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(page.getByRole("region", { name: "Chosen passage" }).locator(".speaker").first()).toContainText("Mirela Dorn");
});

test("words are corrected by keys, a name is changed, both are told in the list of corrections", async ({ page, home }) => {
  await page.goto(`${home}#/documents`);
  await page.getByRole("link", { name: /argue over fishing ban/ }).click();
  await page.locator("article a.m").first().focus();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const panel = page.getByRole("region", { name: "Chosen passage" });
  await expect(panel).toBeVisible();

  await panel.getByRole("button", { name: "Words" }).press("Enter");
  const before = await panel.locator(".preview").textContent();
  await panel.getByRole("group", { name: "End" }).getByRole("button", { name: "one word earlier" }).press("Enter");
  await expect(panel.locator(".preview")).not.toHaveText(before!);
  await panel.getByRole("button", { name: "Save words" }).press("Enter");
  await expect(page.getByText("has other words (content)")).toBeVisible();

  await page.locator("article .m", { hasText: "The call" }).first().click();
  await panel.getByRole("button", { name: "Name" }).first().click();
  await panel.getByLabel("Called").fill("Ada Lind of Radio North");
  await panel.getByRole("button", { name: "Rename" }).click();
  await expect(page.locator(".beside h4", { hasText: "Ada Lind of Radio North" })).toBeVisible();
  await page.reload();
  await expect(page.locator(".beside h4", { hasText: "Ada Lind of Radio North" })).toBeVisible();
});

test("one speaker is made two, and two are made one", async ({ page, home }) => {
  await page.goto(`${home}#/documents`);
  await page.getByRole("link", { name: /argue over fishing ban/ }).first().click();
  await page.locator("article .m", { hasText: "that such an offer had been made" }).last().click();
  const panel = page.getByRole("region", { name: "Chosen passage" });
  const speaker = panel.locator(".speaker").first();
  await expect(speaker).toContainText("Mirela Dorn");

  await panel.getByRole("button", { name: "Another speaker" }).click();
  await panel.getByLabel("Who says this").selectOption("somebody else …");
  await panel.getByLabel("Their name").fill("Anselm Dorn");
  await panel.getByRole("button", { name: "Save speaker" }).click();
  await expect(speaker).toContainText("Anselm Dorn");
  await page.reload();
  await expect(speaker).toContainText("Anselm Dorn");

  await panel.getByRole("button", { name: "Name" }).first().click();
  const same = panel.getByLabel("The same as");
  await same.selectOption(await same.locator("option", { hasText: "Mirela Dorn" }).getAttribute("value"));
  await panel.getByRole("button", { name: "Merge" }).click();
  await expect(speaker).toContainText("Mirela Dorn");
  await page.getByRole("button", { name: /^Undo: one person or body/ }).click();
  await expect(speaker).toContainText("Anselm Dorn");
  await page.getByRole("button", { name: /^Undo: .* is said by Anselm Dorn/ }).click();
  await expect(speaker).toContainText("Mirela Dorn");
});

test("layers are switched, and a passage shows its chain", async ({ page, home }) => {
  await page.goto(home);
  await page.getByRole("button", { name: /A report on a call/ }).click();
  const cue = page.locator("article .cue").first();
  await expect(cue).toHaveCSS("font-style", "italic");
  await page.getByRole("button", { name: "cue" }).click();
  await expect(cue).toHaveCSS("font-style", "normal");
  await page.locator("article .m", { hasText: "consequences for the joint port" }).first().click();
  const panel = page.getByRole("region", { name: "Chosen passage" });
  await expect(panel.getByRole("list", { name: "chain of sources" }).first()).toContainText("Ada LindIlse Maren");
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
});

test("files: two are compared, one is added, and each format can be saved", async ({ page, home }) => {
  await page.goto(home);
  await page.locator("input[type=file]").setInputFiles([
    "../examples/accounts/call-2031-04-02.norrland.txt",
    "../examples/accounts/call-2031-04-02.sudovia.txt",
  ]);
  await page.getByRole("button", { name: "Compare 2 accounts" }).click();
  await expect(page.getByRole("row", { name: /fishing ban/ })).toBeVisible();
  for (const format of ["CSV", "JSON", "HTML page"]) {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: format }).click();
    expect(readFileSync((await (await download).path())!, "utf8")).toContain("fishing ban");
  }
  await page.goto(`${home}#/documents`);
  await page.locator("input[type=file]").setInputFiles("../examples/call/report.txt");
  await page.getByRole("link", { name: /argue over fishing ban/ }).first().click();
  const annotations = page.waitForEvent("download");
  await page.getByRole("button", { name: "Annotations" }).click();
  expect(readFileSync((await (await annotations).path())!, "utf8")).toContain("TextPositionSelector");
});

test("an emoji before a passage moves no mark", async ({ page, home }) => {
  await page.goto(home);
  await page.getByLabel("Text to read").fill("🐟🎣 Fish news\n\nIlse Maren said that the 🐟 ban ends in May.");
  await page.getByRole("button", { name: "Read", exact: true }).click();
  await expect(page.locator("article .src")).toHaveText("Ilse Maren");
  await expect(page.locator("article .cue")).toHaveText("said");
});

test("a corrected speaker is seen in the comparison at once", async ({ page, home }) => {
  await page.goto(home);
  await pastePair(page);
  await page.getByRole("button", { name: "Keep these documents" }).click();
  await page.waitForURL(/#\/accounts\//);
  const comparison = page.url();
  await expect(page.getByRole("button", { name: /Maren demanded/ })).toBeVisible();
  await page.getByRole("link", { name: "Ministry of Foreign Affairs of Norrland" }).click();
  await page.locator("article .m", { hasText: "that the fishing ban in the Strait of Hale" }).first().click();
  const panel = page.getByRole("region", { name: "Chosen passage" });
  await panel.getByRole("button", { name: "Another speaker" }).click();
  await panel.getByLabel("Who says this").selectOption({ label: "Teo Vasca" });
  await panel.getByRole("button", { name: "Save speaker" }).click();
  await expect(panel.locator(".speaker").first()).toContainText("Teo Vasca");

  await page.goto(comparison);
  await expect(page.getByRole("button", { name: /Vasca demanded/ })).toBeVisible();
});
