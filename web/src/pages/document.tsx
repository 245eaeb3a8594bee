// A document of the store: its reading with what was decided about it, and the tools to decide more.
import { useCallback, useState } from "preact/hooks";
import { corrections, decide, document, exportDocument, undo } from "../api";
import { Decisions } from "../corrections/decisions";
import { Tools } from "../corrections/tools";
import { Export } from "../export";
import { say } from "../live";
import { message, Shown, useLoad } from "../load";
import { ReadingPage } from "../reading/reading";
import { ReadingView } from "../reading/view";
import { address, type Route } from "../route";
import type { Correction, Decision, StoredDocument } from "../store";

const WHO = "who";

/** The page. */
export function Document({ route }: { route: Route }) {
  const id = route.parts[1] ?? "";
  const loaded = useLoad(id, () => document(id));
  const all = useLoad(id, corrections);
  const [error, setError] = useState<string | null>(null);
  const addressOf = useCallback((a: string | null) => address(["document", id], { a }), [id]);

  const change = async (what: () => Promise<unknown>, words: string) => {
    try {
      await what();
      setError(null);
      say(words);
    } catch (e) {
      setError(message(e));
    }
    loaded.reload();
    all.reload();
  };
  return (
    <Shown of={loaded}>
      {(stored) => (
        <ReadingPage
          reading={stored.reading}
          at={route.query.get("a")}
          addressOf={addressOf}
          actions={
            <>
              <p class="actions"><a class="button" href={address(["check", id])}>Check against…</a> <span class="soft">are its quotations the words of other documents?</span></p>
              <Export name={stored.name} make={(format) => exportDocument(id, format)} />
              {error && <p class="message error" role="alert">{error}</p>}
              <Decisions
                view={new ReadingView(stored.reading)}
                corrections={(all.value ?? []).filter((c) => concerns(stored, c))}
                undo={(c) => void change(() => undo(c, who()), "Correction undone")}
              />
              <Who />
            </>
          }
          tools={(view, index) => (
            <Tools
              view={view}
              index={index}
              decide={(decision: Decision) => change(() => decide(stored.id, decision, stored.reading, who()), "Correction kept")}
            />
          )}
        />
      )}
    </Shown>
  );
}

/** Whether a correction is of this document, or of somebody in it. */
function concerns(stored: StoredDocument, c: Correction): boolean {
  if (c.document !== undefined) return c.document === stored.id;
  const here = new Set(stored.reading.entities.map((e) => e.entity));
  return (c.kind === "merge" && here.has(c.into)) || (c.kind === "rename" && here.has(c.entity));
}

function who(): string {
  return localStorage.getItem(WHO) ?? "";
}

/** Who decides: kept in this browser, written beside each correction. */
function Who() {
  const [name, setName] = useState(who);
  const change = (next: string) => {
    localStorage.setItem(WHO, next);
    setName(next);
  };
  return (
    <p class="who">
      <label>Corrections are kept under the name of <input value={name} placeholder="nobody" onInput={(e) => change(e.currentTarget.value)} /></label>
    </p>
  );
}
