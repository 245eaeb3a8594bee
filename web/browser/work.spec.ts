// Work that must not be lost: uploads that go on, choices that are made, readings that are not kept yet.
import { expect, test } from "./server";

// The store starts empty and is filled here.
test.use({ store: "work" });

const files = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    name: `note-${i + 1}.txt`,
    mimeType: "text/plain",
    buffer: Buffer.from(`Ilse Maren of Norrland said on Friday that boat number ${i + 1} was safe. Teo Vasca did not deny it.`),
  }));

test("files go on being added when the page is left, and the store is not called empty meanwhile", async ({ page, home }) => {
  // Slowed down, so that the page can be left while files are on their way.
  await page.route("**/v1/documents", async (route) => {
    if (route.request().method() === "POST") await new Promise((r) => setTimeout(r, 150));
    await route.continue();
  });
  await page.goto(`${home}#/documents`);
  await expect(page.getByText("The store is empty.")).toBeVisible();
  await page.locator("input[type=file]").setInputFiles(files(12));
  await expect(page.getByText(/Adding \d+ of 12/)).toBeVisible();
  await expect(page.getByText("The store is empty.")).toHaveCount(0);
  await page.getByRole("link", { name: "Speakers", exact: true }).click();
  await expect(page.getByText(/Adding \d+ of 12/)).toBeVisible();
  await expect(page.getByText(/Adding \d+ of 12/)).toHaveCount(0, { timeout: 60_000 });
  await page.getByRole("link", { name: "Documents", exact: true }).click();
  await expect(page.locator("table.list tbody tr")).toHaveCount(12);
});

test("the button that compares what is chosen stands where it can be seen", async ({ page, home }) => {
  await page.setViewportSize({ width: 1000, height: 500 });
  await page.goto(`${home}#/documents`);
  const boxes = page.getByRole("checkbox");
  await expect(boxes).toHaveCount(12);
  await boxes.nth(10).check();
  await boxes.nth(11).check();
  await expect(page.getByRole("link", { name: "Compare 2 documents" })).toBeInViewport();
  await page.evaluate(() => scrollTo(0, 0));
  await expect(page.getByRole("link", { name: "Compare 2 documents" })).toBeInViewport();
});

test("nobody speaks instead of another before somebody is chosen", async ({ page, home }) => {
  await page.goto(`${home}#/documents`);
  await page.locator("table.list tbody a").first().click();
  await page.locator("article a.m").first().click();
  const panel = page.getByRole("region", { name: "Chosen passage" });
  await panel.getByRole("button", { name: "Another speaker" }).first().click();
  await expect(panel.getByRole("button", { name: "Save speaker" })).toBeDisabled();
  await panel.getByLabel("Who says this").selectOption({ label: "nobody: the text names no source" });
  await expect(panel.getByRole("button", { name: "Save speaker" })).toBeEnabled();
});

test("a reading that is not kept is not lost without a word", async ({ page, home }) => {
  await page.goto(home);
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  await page.getByLabel("Text to read").fill("Ilse Maren accused the mayor of Brel of lying. Teo Vasca declined to comment.");
  await page.getByRole("button", { name: "Read", exact: true }).click();
  const list = page.getByRole("complementary", { name: "Who said what" });
  await expect(list).toContainText("accused");
  await expect(list).not.toContainText("said the mayor");
  await page.reload({ timeout: 3_000 }).catch(() => undefined);
  expect(asked).toEqual(["beforeunload"]);
  await expect(list).toContainText("accused");
  await page.getByRole("button", { name: "Keep this document" }).click();
  await page.waitForURL(/#\/document\//);
  await page.reload();
  expect(asked).toEqual(["beforeunload"]);
});

test("words in another language are called what they are", async ({ page, home }) => {
  await page.goto(home);
  await page.getByLabel("Text to read").fill("La ministre a dit que l’accord est prêt. Il ne sera pas signé par la Sudovie.");
  // The browser logs the refusal as an error of its own, which fails no other test.
  await page.route("**/v1/read", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ status: 200, body: JSON.stringify({ seen: (await answer.json()).detail }), headers: { "Content-Type": "application/json" } });
  });
  const answer = page.waitForResponse("**/v1/read");
  await page.getByRole("button", { name: "Read", exact: true }).click();
  expect(((await (await answer).json()) as { seen: string }).seen).toContain("this is French; saywho reads English");
});
