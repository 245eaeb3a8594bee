// What a person gives to read: pasted words or files. Pasted words outlive a reload of the page.

/** One thing to read. */
export interface Input {
  /** A file's name, or what the page calls pasted words. */
  name: string;
  body: string | Blob;
  /** Whose account it is, where a person says so. */
  side?: string;
}

const KEPT = "inputs";

/** Pasted words, as kept for this tab. */
export function keptTexts(): string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(kept) ? kept.filter((t) => typeof t === "string") : [];
  } catch {
    return [];
  }
}

/** Keeps pasted words for this tab; where there is no room for them they are simply not kept. */
export function keepTexts(texts: string[]): void {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(texts));
  } catch {
    sessionStorage.removeItem(KEPT);
  }
}

/** Whether a field holds anything to read. */
export function isGiven(input: Input): boolean {
  return typeof input.body === "string" ? input.body.trim() !== "" : input.body.size > 0;
}
