// How the page answers over the large store in SAYWHO_DB (benches/page makes one): from a press to what it shows, and the longest
// time that it stood still meanwhile.
import type { Page } from "@playwright/test";
import { expect, test } from "../browser/server";

/** Does something in the page and waits until `shown` matches something new; both times in milliseconds. */
async function timed(page: Page, what: string, shown: string, act: () => void) {
  const { took, stood } = await page.evaluate(
    async ({ act, shown }) => {
      const before = new Set(document.querySelectorAll(shown));
      const start = performance.now();
      let last = start, stood = 0;
      new Function(`(${act})()`)();
      for (;;) {
        const now = await new Promise<number>((frame) => requestAnimationFrame(() => frame(performance.now())));
        [stood, last] = [Math.max(stood, now - last), now];
        if ([...document.querySelectorAll(shown)].some((node) => !before.has(node))) return { took: now - start, stood };
        if (now - start > 60_000) throw new Error(`nothing new of ${shown}`);
      }
    },
    { act: act.toString(), shown },
  );
  console.log(`    ${what.padEnd(34)} ${took.toFixed(0).padStart(5)} ms, stood still for ${stood.toFixed(0).padStart(4)} ms`);
}

test("a large store", async ({ page, home }) => {
  test.skip(!process.env["SAYWHO_DB"], "SAYWHO_DB names no database");
  await page.goto(`${home}#/search`);
  await expect(page.locator(".hits > li").first()).toBeVisible();
  const find = (q: string) => `() => { location.hash = "#/search?q=${q}"; }`;
  for (const q of ["herring", "ban", "sailors", "grain%20corridor"]) {
    await timed(page, `search: ${decodeURIComponent(q)}`, ".hits > li", new Function(`return ${find(q)}`)());
  }
  await timed(page, "newest", ".hits > li", () => { location.hash = "#/search"; });
  await timed(page, "narrow by a facet", ".hits > li", () => document.querySelector<HTMLElement>(".facets .chip")!.click());
  await timed(page, "next page", ".hits > li:last-child", () => document.querySelector<HTMLElement>(".more button")!.click());
  await timed(page, "speakers", "main tbody tr", () => { location.hash = "#/speakers"; });
  await timed(page, "the most quoted speaker", ".timeline > li", () => document.querySelector<HTMLElement>("main a[href^='#/speaker/']")!.click());
  await timed(page, "conversations", "main tbody tr", () => { location.hash = "#/conversations"; });
  await timed(page, "who gets quoted", "table.shares", () => { location.hash = "#/stats"; });
});
