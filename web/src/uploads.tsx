// Files on their way to the store. They go on whatever page is shown, and every page shows how far they are.
import { useEffect, useState } from "preact/hooks";
import { addDocument } from "./api";
import { say } from "./live";
import { message } from "./load";
import { setUnsaved } from "./unsaved";
import { counted } from "./words";

/** How far the files are. */
export interface Uploads {
  /** Files that were given since the last rest. */
  total: number;
  /** Those that are done. */
  done: number;
  /** The one on its way; null at rest. */
  name: string | null;
  /** What went wrong. */
  failed: string[];
}

let state: Uploads = { total: 0, done: 0, name: null, failed: [] };
const waiting: File[] = [];
const listeners = new Set<(state: Uploads) => void>();

function set(next: Partial<Uploads>) {
  state = { ...state, ...next };
  listeners.forEach((listen) => listen(state));
}

/** Adds files to the store, one after the other, behind those that are on their way. */
export function upload(files: File[]): void {
  if (files.length === 0) return;
  waiting.push(...files);
  if (state.name !== null) return set({ total: state.total + files.length });
  set({ total: files.length, done: 0, failed: [] });
  void run();
}

async function run() {
  setUnsaved("uploads", true);
  for (let file = waiting.shift(); file; file = waiting.shift()) {
    const { name } = file;
    set({ name });
    const failed = await addDocument({ name, body: file }).then(
      (kept) => kept.failed,
      (e: unknown) => [`${name}: ${message(e)}`],
    );
    set({ done: state.done + 1, failed: [...state.failed, ...failed] });
  }
  set({ name: null });
  setUnsaved("uploads", false);
  const { failed, total } = state;
  say(failed.length > 0 ? `${counted(failed.length, "file")} not added` : `${counted(total, "file")} added`);
}

/** How far the files are, told anew with each. */
export function useUploads(): Uploads {
  const [now, setNow] = useState(state);
  useEffect(() => {
    setNow(state);
    listeners.add(setNow);
    return () => void listeners.delete(setNow);
  }, []);
  return now;
}

/** The line that every page shows while files are on their way, and what went wrong until the next ones. */
export function UploadStatus() {
  const { total, done, name, failed } = useUploads();
  return (
    <>
      {name !== null && <p class="message" role="status">Adding {done + 1} of {total}: {name}</p>}
      {failed.map((f, i) => <p key={i} class="message error" role="alert">{f}</p>)}
    </>
  );
}
