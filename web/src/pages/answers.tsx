// What was read or compared at once, before anybody decides to keep it.
import { useCallback, useState } from "preact/hooks";
import { addDocument, exportComparison, exportReading } from "../api";
import { ComparisonPage } from "../compare/comparison";
import { Export } from "../export";
import type { Input } from "../inputs";
import { message } from "../load";
import { ReadingPage } from "../reading/reading";
import { address, visit, type Route } from "../route";
import type { Comparison, Reading } from "../types";
import { ANSWER, setUnsaved } from "../unsaved";

/** A reading that is not kept. */
export function Read({ route, inputs, reading }: { route: Route; inputs: Input[]; reading: Reading }) {
  const addressOf = useCallback((a: string | null) => address(["read"], { a }), []);
  return (
    <ReadingPage
      reading={reading}
      at={route.query.get("a")}
      addressOf={addressOf}
      actions={<><Keep inputs={inputs} /><Export make={(format) => exportReading(inputs[0]!, format)} name={reading.document.id} /></>}
    />
  );
}

/** A comparison that is not kept. */
export function Compared({ route, inputs, comparison }: { route: Route; inputs: Input[]; comparison: Comparison }) {
  const addressOf = useCallback((claim: string | null) => address(["compare"], { claim }), []);
  return (
    <ComparisonPage
      comparison={comparison}
      claim={route.query.get("claim")}
      addressOf={addressOf}
      actions={<><Keep inputs={inputs} /><Export make={(format) => exportComparison(inputs, format)} name="comparison" formats={["csv", "json", "html"]} /></>}
    />
  );
}

/** Adds what was read to the store, and goes there. */
function Keep({ inputs }: { inputs: Input[] }) {
  const [state, setState] = useState<"open" | "busy" | { error: string }>("open");
  const keep = async () => {
    setState("busy");
    try {
      const kept: number[] = [];
      for (const input of inputs) {
        const { documents, failed } = await addDocument(input);
        if (failed.length > 0) throw new Error(failed.join("; "));
        kept.push(...documents.map((d) => d.id));
      }
      setUnsaved(ANSWER, false);
      visit(kept.length === 1 ? address(["document", kept[0]!]) : address(["accounts", kept.join("-")]));
    } catch (e) {
      setState({ error: message(e) });
    }
  };
  return (
    <div class="actions">
      <button type="button" class="main" disabled={state === "busy"} onClick={keep}>
        {inputs.length > 1 ? "Keep these documents" : "Keep this document"}
      </button>
      <span class="soft">to search, correct and find again later</span>
      {typeof state === "object" && <p class="message error" role="alert">{state.error}</p>}
    </div>
  );
}
