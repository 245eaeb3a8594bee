// The server's answers (docs/api.md). Offsets become UTF-16 here and nowhere else.
import { checkToUtf16, comparisonToUtf16, offsets, readingToUtf16 } from "./offsets";
import type { Input } from "./inputs";
import type {
  ConversationRow, Correction, Decision, DocumentRow, Figures, Hits, Page, Question, SpeakerPage, SpeakerRow, StoredDocument,
} from "./store";
import type { Check, Comparison, Reading } from "./types";

/** What went wrong, in the server's words. */
export class Problem extends Error {
  constructor(readonly status: number, detail: string) {
    super(detail);
  }
}

const TOKEN = "token";

/** Keeps the token that the server wants for this tab. */
export function keepToken(token: string): void {
  sessionStorage.setItem(TOKEN, token);
}

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  const token = sessionStorage.getItem(TOKEN);
  if (token) headers.set("Authorization", `Bearer ${token}`);
  const response = await fetch(path, { ...init, headers }).catch(() => {
    throw new Problem(0, "The server does not answer. Is `saywho serve` still running?");
  });
  if (response.ok) return response;
  if (response.status === 401) dispatchEvent(new Event("token-wanted"));
  const problem = (await response.json().catch(() => null)) as { title?: string; detail?: string } | null;
  throw new Problem(response.status, problem?.detail ?? problem?.title ?? `The server answers ${response.status}.`);
}

async function json<T>(path: string, init?: RequestInit): Promise<T> {
  return (await ask(path, init)).json() as Promise<T>;
}

/** A path with its questions; what is empty is not asked. */
function asked(path: string, question: Record<string, string | null | undefined>): string {
  const given = Object.entries(question).filter((pair): pair is [string, string] => !!pair[1]);
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
}

function sent(body: unknown, method = "POST"): RequestInit {
  return { method, body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
}

/** Pasted words go as JSON, files as forms, whose kind the server tells by their content. */
function given(inputs: Input[]): RequestInit {
  if (inputs.every((i) => typeof i.body === "string")) {
    const documents = inputs.map(({ body, name, side }) => ({ text: body, ...(name && { name: name.replace(/\.txt$/, "") }), ...(side && { side }) }));
    return sent(documents.length === 1 ? documents[0] : { documents });
  }
  const form = new FormData();
  inputs.forEach(({ body, name }, i) => form.append("file", new Blob([body]), name || `pasted ${i + 1}.txt`));
  if (inputs.some((i) => i.side)) inputs.forEach((i) => form.append("side", i.side ?? ""));
  return { method: "POST", body: form };
}

/** Reads one document and keeps nothing. */
export async function read(input: Input): Promise<Reading> {
  const answer = await json<Reading | Reading[]>("/v1/read", given([input]));
  const all = Array.isArray(answer) ? answer : [answer];
  if (all.length !== 1) throw new Problem(422, `This holds ${all.length} documents. Add it under “Documents” to read them all.`);
  return readingToUtf16(all[0]!);
}

/** Compares accounts and keeps nothing. */
export async function compare(inputs: Input[]): Promise<Comparison> {
  return comparisonToUtf16(await json<Comparison>("/v1/compare", given(inputs)));
}

/** The file of a reading that is not kept. */
export async function exportReading(input: Input, format: string): Promise<Blob> {
  return (await ask(asked("/v1/read", { format }), given([input]))).blob();
}

/** The file of a comparison that is not kept. */
export async function exportComparison(inputs: Input[], format: string): Promise<Blob> {
  return (await ask(asked("/v1/compare", { format }), given(inputs))).blob();
}

/** The documents of the store, newest first. */
export function documents(q: string, cursor: string | null): Promise<Page<DocumentRow>> {
  return json(asked("/v1/documents", { q, cursor }));
}

/** Keeps a document, or all that lie in a file. */
export function addDocument(input: Input): Promise<{ documents: { id: number; name: string; state: string }[]; failed: string[] }> {
  // Whose account a text is, is told for a comparison; the store finds it by itself.
  return json("/v1/documents", given([{ name: input.name, body: input.body }]));
}

/** A document with its reading, corrections laid over. */
export async function document(id: string): Promise<StoredDocument> {
  const stored = await json<StoredDocument>(`/v1/documents/${encodeURIComponent(id)}`);
  return { ...stored, reading: readingToUtf16(stored.reading) };
}

/** The file of a kept reading, corrections laid over. */
export async function exportDocument(id: string, format: string): Promise<Blob> {
  return (await ask(asked(`/v1/documents/${encodeURIComponent(id)}`, { format }))).blob();
}

/** Attributions over all documents. */
export function attributions(question: Question, cursor: string | null): Promise<Hits> {
  return json(asked("/v1/attributions", { ...question, cursor, facets: cursor ? "false" : null }));
}

/** The table of attributions that a question finds. */
export async function exportAttributions(question: Question): Promise<Blob> {
  return (await ask(asked("/v1/attributions", { ...question, format: "csv" }))).blob();
}

/** Those who say something, most first. */
export function speakers(q: string, cursor: string | null): Promise<Page<SpeakerRow>> {
  return json(asked("/v1/entities", { q, speakers: "true", cursor }));
}

/** One speaker with a timeline. */
export function speaker(id: string, issue: string): Promise<SpeakerPage> {
  return json(asked(`/v1/entities/${encodeURIComponent(id)}`, { issue }));
}

/** Calls and meetings, newest first. */
export function conversations(cursor: string | null): Promise<Page<ConversationRow>> {
  return json(asked("/v1/conversations", { cursor }));
}

/** A conversation with its accounts compared. */
export async function conversation(id: string): Promise<{ conversation: ConversationRow; comparison: Comparison }> {
  const answer = await json<{ conversation: ConversationRow; comparison: Comparison }>(`/v1/conversations/${encodeURIComponent(id)}`);
  return { ...answer, comparison: comparisonToUtf16(answer.comparison) };
}

/** The file of a kept conversation. */
export async function exportConversation(id: string, format: string): Promise<Blob> {
  return (await ask(asked(`/v1/conversations/${encodeURIComponent(id)}`, { format }))).blob();
}

/** Documents of the store compared, as accounts of one conversation. */
export async function compareKept(ids: string[]): Promise<Comparison> {
  return comparisonToUtf16(await json<Comparison>("/v1/compare", kept(ids)));
}

/** The file of a comparison of kept documents. */
export async function exportKept(ids: string[], format: string): Promise<Blob> {
  return (await ask(asked("/v1/compare", { format }), kept(ids))).blob();
}

function kept(ids: string[]): RequestInit {
  return sent({ documents: ids.map((id) => ({ document: Number(id) })) });
}

/** A document of the store checked against others; `against` are their numbers. */
export async function checkKept(id: string, against: string[]): Promise<Check> {
  return checkToUtf16(await json<Check>("/v1/check", checked(id, against)));
}

/** The file of a check of a kept document. */
export async function exportCheck(id: string, against: string[], format: string): Promise<Blob> {
  return (await ask(asked("/v1/check", { format }), checked(id, against))).blob();
}

function checked(id: string, against: string[]): RequestInit {
  const document = (id: string) => ({ document: Number(id) });
  return sent({ documents: [document(id)], against: against.map(document) });
}

/** The numbers of all documents but one, newest first; so many at most. */
export async function others(id: string, most: number): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<DocumentRow> = await json(asked("/v1/documents", { cursor, limit: "200" }));
    found.push(...page.items.map((d) => String(d.id)).filter((other) => other !== id));
    cursor = page.next;
  } while (cursor && found.length < most);
  return found.slice(0, most);
}

/** Who gets quoted. */
export function figures(question: Question): Promise<Figures> {
  return json(asked("/v1/stats", { ...question }));
}

/** Keeps a decision about a document; spans go back to code points of its text. */
export function decide(document: number, decision: Decision, reading: Reading, who: string): Promise<Correction> {
  const body: Record<string, unknown> = { ...decision };
  if (decision.kind !== "rename" && decision.kind !== "merge") body["document"] = document;
  if (decision.kind === "span") {
    const { toPoint } = offsets(reading.document.text);
    body["spans"] = decision.spans.map((s) => ({ start: toPoint(s.start), end: toPoint(s.end) }));
  }
  return json("/v1/corrections", sent({ ...body, ...(who && { who }) }));
}

/** Undoes a decision. */
export async function undo(correction: number, who: string): Promise<void> {
  await ask(asked(`/v1/corrections/${correction}`, { who }), { method: "DELETE" });
}

/** All decisions over renames and merges too, oldest first. */
export async function corrections(): Promise<Correction[]> {
  return (await json<Page<Correction>>("/v1/corrections")).items;
}
