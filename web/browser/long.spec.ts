// A transcript of a hundred pages: choosing a passage and switching a layer build nothing anew and take no noticeable time.
import { expect, test } from "./server";

const TURNS = 2_500;
const WORDS = "I told the ministers that the ban on fishing in the Strait of Hale stays in force until May, and that no fleet may empty the sea.";

/** A reading of 52,500 words with 5,000 attributions, each turn holding what is told in it. */
function transcript() {
  let text = "";
  const attributions = [];
  const span = (start: number, words: string) => [{ start: start + WORDS.indexOf(words), end: start + WORDS.indexOf(words) + words.length }];
  for (let i = 0; i < TURNS; i++) {
    const start = text.length + "MR TARN: ".length;
    const common = { type: "direct", addressee: null, chain: ["e1"], via: null, act: "say", polarity: "affirmed", issue: null, speaker: "e1" };
    const turn = `a${2 * i + 1}`;
    attributions.push({ ...common, id: turn, inside: null, confidence: 1, cue: [], content: [{ start, end: start + WORDS.length }],
      source: [{ start: text.length, end: start - 2 }] });
    attributions.push({ ...common, id: `a${2 * i + 2}`, inside: turn, confidence: 0.8, source: span(start, "I"), cue: span(start, "told"),
      content: span(start, "that the ban on fishing in the Strait of Hale stays in force until May") });
    text += `MR TARN: ${WORDS}\n\n`;
  }
  const document = { id: "briefing", source: null, title: "Briefing", publisher: null, published: null, language: "en", text, boilerplate: [], repairs: [] };
  const entities = [{ id: "e1", name: "Jon Tarn", kind: "person", roles: [], side: "Norrland", mentions: [] }];
  return { schema: "saywho/1", document, entities, attributions, conversations: [], issues: [] };
}

test("a hundred pages stay quick", async ({ page, home }) => {
  await page.route("**/v1/read", (route) => route.fulfill({ json: transcript() }));
  await page.goto(home);
  await page.getByRole("button", { name: /A report on a call/ }).click();
  const last = page.locator(`#w${2 * TURNS - 1}`);
  // A busy machine takes its time to draw it the first time; what is measured comes after.
  await expect(last).toBeAttached({ timeout: 90_000 });

  const took = await page.evaluate(async (far) => {
    const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const nodes = [...document.querySelectorAll("article *")];
    const times: number[] = [];
    const timed = async (act: () => void) => {
      const start = performance.now();
      act();
      await frames();
      times.push(performance.now() - start);
    };
    for (const at of [1, 1001, far]) {
      document.getElementById(`w${at}`)!.scrollIntoView();
      await frames();
      await timed(() => document.getElementById(`w${at}`)!.click());
    }
    await timed(() => document.querySelector<HTMLElement>(".layers button")!.click());
    const kept = nodes.every((node) => node.isConnected) && document.querySelectorAll("article *").length === nodes.length;
    return { times, kept };
  }, 2 * TURNS - 1);
  await expect(page.getByRole("region", { name: "Chosen passage" })).toContainText("Jon Tarn");
  expect(took.kept, "the article was built anew").toBe(true);
  const median = took.times.sort((a, b) => a - b)[2]!;
  console.log(`    5,000 attributions: a click shows in ${Math.round(median)} ms (median of 4)`);
  expect(median).toBeLessThan(1_000);
});
