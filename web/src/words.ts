// Words for people: names, chains, cues, circumstances. The same as in the reports of the command line.
import type { Act, Attribution, Claim, Comparison, Conversation, Entity, Reading, Span } from "./types";

/** Below this an attribution is more likely wrong than right. */
export const UNSURE = 0.5;

/** All acts, in the order in which people are shown them. */
export const ACTS: Act[] = [
  "say", "inform", "stress", "ask", "demand", "offer", "promise", "warn", "deny", "agree", "believe", "want", "discuss",
];

/** Characters of a cue that are shown. */
const MOST_CUE = 60;

/** A cue as the text has it. Where only a colon shows the act, the colon; nothing where no words do: people never read a verb that the text does not use. */
export function cueWords(words: string): string {
  const plain = words.replace(/\s+/g, " ").replace(/^[“”"‘«»„, ]+|[“”"‘«»„, ]+$/gu, "");
  if (/[\p{L}\p{N}]/u.test(plain)) return shorten(plain, MOST_CUE);
  return plain.includes(":") ? ":" : "";
}

/** The cue of an attribution of this text. */
export function cueOf(text: string, cue: Span[]): string {
  return cueWords(cue.map((s) => text.slice(s.start, s.end)).join(" … "));
}

/** Whether an attribution is more likely wrong than right. */
export function isUnsure(a: Pick<Attribution, "confidence">): boolean {
  return a.confidence < UNSURE;
}

/** The name as a heading; a source that the text does not name says so. */
export function heading(speaker: Pick<Entity, "name" | "kind"> | undefined): string {
  if (!speaker) return "source not named";
  return speaker.kind === "unnamed" ? `unnamed: ${speaker.name}` : speaker.name;
}

/** The words of spans on one line, gaps marked. */
export function wordsOf(text: string, spans: Span[]): string {
  return spans.map((s) => text.slice(s.start, s.end)).join(" […] ").replace(/\s+/g, " ").trim();
}

const MARKS: [string, string][] = [["“", "”"], ["‘", "’"], ["\"", "\""], ["«", "»"], ["„", "“"]];

/** The words of a content, with the quotation marks that stand right around each of its parts. */
export function quotedWords(text: string, spans: Span[]): string {
  const widened = spans.map(({ start, end }) => {
    const [before, after] = [text[start - 1], text[end]];
    return MARKS.some(([open, close]) => before === open && after === close) ? { start: start - 1, end: end + 1 } : { start, end };
  });
  return wordsOf(text, widened);
}

/** At most `most` characters, cut at a word. */
export function shorten(words: string, most: number): string {
  if (words.length <= most) return words;
  const cut = words.slice(0, most - 2);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), most / 2)).trimEnd()} …`;
}

/** "A, B and C". */
export function listed(items: string[]): string {
  if (items.length < 2) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** "1 repair", "2 repairs", "1,024 repairs". */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
}

/** "3 May 2031" for an ISO date, also with a time behind it; anything else as it stands. */
export function day(date: string): string {
  const parts = /^(\d{4})-(\d\d)-(\d\d)/.exec(date);
  const [year, month, dayOfMonth] = parts ? parts.slice(1).map(Number) : [];
  if (!year || !month || !dayOfMonth || month > 12) return date;
  const name = new Date(Date.UTC(2000, month - 1, 1)).toLocaleString("en", { month: "long", timeZone: "UTC" });
  return `${dayOfMonth} ${name} ${year}`;
}

/** The names from the outermost speaker to the attribution's own; who speaks twice in a row is named once. */
export function chainNames(a: Attribution, nameOf: (id: string) => string): string[] {
  const ids = a.chain.length > 0 ? a.chain : a.speaker ? [a.speaker] : [];
  return ids.map(nameOf).filter((name, i, all) => name !== all[i - 1]);
}

const MEDIUM: Record<Conversation["medium"], string | null> = {
  telephone: "by telephone", video: "by video", "in person": "in person", unknown: null,
};

/** "by telephone", or null where nothing is told. */
export function mediumPhrase(medium: Conversation["medium"]): string | null {
  return MEDIUM[medium] ?? null;
}

/** "Ilse Maren (Norrland) and Teo Vasca (Sudovia)". */
export function withSides(people: { name: string; side: string | null }[]): string {
  return listed(people.map((p) => (p.side && p.side !== p.name ? `${p.name} (${p.side})` : p.name)));
}

/** How, when, at whose wish and in what tone they spoke, and who says so: one phrase each. */
export function circumstances(reading: Reading, talk: Conversation): string[] {
  const nameOf = (id: string) => reading.entities.find((e) => e.id === id)?.name ?? id;
  const out: string[] = [];
  const medium = mediumPhrase(talk.medium);
  if (medium) out.push(medium);
  if (talk.date) out.push(`on ${day(talk.date)}`);
  if (talk.initiator) out.push(initiative(talk.initiator.side, talk.initiator.according_to.map(nameOf)));
  for (const tone of talk.tone) out.push(`“${tone.words}”, in the words of ${nameOf(tone.according_to)}`);
  return out;
}

/** "initiative of Norrland, according to Sudovia". */
export function initiative(side: string, tellers: string[]): string {
  return tellers.length === 0 ? `initiative of ${side}` : `initiative of ${side}, according to ${listed(tellers)}`;
}

/** Whether the words that show a claim's act stand in the claim. */
function holdsCue(claim: Claim): boolean {
  return claim.cue !== null && claim.cue.start < claim.end && claim.start < claim.cue.end;
}

/** What was done, in the account's own words; nothing where the words of the claim tell it themselves. */
export function claimCue(comparison: Comparison, claim: Claim): string {
  const text = comparison.documents[claim.document]?.text ?? "";
  if (!claim.cue || (holdsCue(claim) && !behindCue(text, claim))) return "";
  const cue = cueOf(text, [claim.cue]);
  return cue === ":" ? "" : cue;
}

/** The words behind the cue, where that leaves enough. */
function behindCue(text: string, claim: Claim): string | null {
  const behind = claim.cue && holdsCue(claim) ? text.slice(claim.cue.end, claim.end).trim() : "";
  return behind.split(/\s+/).length >= 3 ? behind : null;
}

/** The words in which a claim is told: those behind its cue, where that leaves enough, else the whole passage. */
export function tellingWords(comparison: Comparison, claim: Claim): string {
  const text = comparison.documents[claim.document]?.text ?? "";
  const words = behindCue(text, claim) ?? text.slice(claim.start, claim.end);
  return words.replace(/\s+/g, " ").trim().replace(/^that /, "").replace(/^[“”"«» ,:]+|[“”"«» ,:]+$/g, "");
}
