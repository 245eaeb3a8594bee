// The front page: paste words or drop files, read one or compare several; an example is one click away.
import { useState } from "preact/hooks";
import report from "../../../examples/call/report.txt?raw";
import norrland from "../../../examples/accounts/call-2031-04-02.norrland.txt?raw";
import sudovia from "../../../examples/accounts/call-2031-04-02.sudovia.txt?raw";
import { isGiven, keepTexts, keptTexts, type Input } from "../inputs";

/** Pasted words have no name. */
const EMPTY: Input = { name: "", body: "" };

const EXAMPLES: Record<string, Input[]> = {
  report: [{ name: "report.txt", body: report }],
  accounts: [
    { name: "call-2031-04-02.norrland.txt", body: norrland },
    { name: "call-2031-04-02.sudovia.txt", body: sudovia },
  ],
};

interface LandingProps {
  /** Reads one input or compares several; the promise ends when the answer is shown. */
  answer(inputs: Input[]): Promise<void>;
}

/** The page. */
export function Landing({ answer }: LandingProps) {
  const [inputs, setInputs] = useState<Input[]>(() => {
    const kept = keptTexts().map((body) => ({ name: "", body }));
    return kept.length > 0 ? kept : [EMPTY];
  });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const given = inputs.filter(isGiven);

  const start = async (all: Input[]) => {
    setInputs(all);
    setBusy(true);
    setError(null);
    keepTexts(all.map((i) => i.body).filter((b) => typeof b === "string"));
    await answer(all).catch((e: unknown) => setError(e instanceof Error ? e.message : String(e)));
    setBusy(false);
  };
  const change = (at: number, input: Input) => setInputs(inputs.map((old, i) => (i === at ? input : old)));
  const dropped = (files: FileList | null | undefined) => {
    const fresh = [...(files ?? [])].map((file) => ({ name: file.name, body: file }));
    if (fresh.length > 0) setInputs([...given, ...fresh]);
  };
  const drag = (event: DragEvent, on: boolean) => {
    event.preventDefault();
    setOver(on);
  };
  return (
    <div
      class={over ? "landing over" : "landing"}
      onDragOver={(e) => drag(e, true)}
      onDragLeave={(e) => drag(e, false)}
      onDrop={(e) => (drag(e, false), dropped(e.dataTransfer?.files))}
    >
      <header class="head">
        <h1>Who said what, to whom, through which chain of sources?</h1>
        <p class="lead">
          Paste a news report or statement to read it. Give two accounts of one conversation to see where they agree, differ or stay silent.
        </p>
      </header>
      <form onSubmit={(e) => (e.preventDefault(), start(given))}>
        <div class={`fields n${Math.min(inputs.length, 2)}`}>
          {inputs.map((input, i) => (
            <Field key={i} label={inputs.length > 1 ? `Account ${i + 1}` : "Text to read"} input={input} change={(next) => change(i, next)}
              {...(inputs.length > 1 ? { remove: () => setInputs(inputs.filter((_, at) => at !== i)) } : {})} />
          ))}
        </div>
        <div class="actions">
          <button class="main" disabled={busy || given.length === 0}>
            {busy ? "Reading …" : given.length > 1 ? `Compare ${given.length} accounts` : "Read"}
          </button>
          <button type="button" onClick={() => setInputs([...inputs, EMPTY])}>
            {inputs.length > 1 ? "Add an account" : "Compare with another account"}
          </button>
          <label class="button file">
            Choose files <input type="file" multiple class="hidden" onChange={(e) => dropped(e.currentTarget.files)} />
          </label>
          <span class="soft">or drop them here: text, HTML, PDF, mail, Markdown</span>
        </div>
        {error && <p class="message error" role="alert">{error}</p>}
      </form>
      <section class="examples" aria-labelledby="examples">
        <h2 id="examples" class="small-caps">Examples, invented</h2>
        <button type="button" disabled={busy} onClick={() => start(EXAMPLES["report"]!)}>
          <b>A report on a call</b>
          <span>One article, two sides, a leak and a denial: who says it, and through whom?</span>
        </button>
        <button type="button" disabled={busy} onClick={() => start(EXAMPLES["accounts"]!)}>
          <b>Two readouts of one call</b>
          <span>Norrland’s and Sudovia’s: where do they agree, differ, contradict each other or stay silent?</span>
        </button>
      </section>
    </div>
  );
}

interface FieldProps {
  label: string;
  input: Input;
  change(input: Input): void;
  remove?(): void;
}

function Field({ label, input, change, remove }: FieldProps) {
  const id = label.replace(/ /g, "-").toLowerCase();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {remove && <button type="button" class="plain" onClick={remove} aria-label={`Remove ${label}`}>remove</button>}
      {typeof input.body === "string" ? (
        <textarea id={id} rows={9} value={input.body} placeholder="Paste text here" onInput={(e) => change({ ...input, body: e.currentTarget.value })} />
      ) : (
        <p class="file-chip" id={id}>
          {input.name} <span class="soft">{Math.ceil(input.body.size / 1024).toLocaleString("en")} KB</span>
          {!remove && <button type="button" class="plain" onClick={() => change(EMPTY)}>remove</button>}
        </p>
      )}
      {remove && (
        <label class="whose">
          Whose account? <input value={input.side ?? ""} placeholder="told by the text" onInput={(e) => change({ ...input, side: e.currentTarget.value })} />
        </label>
      )}
    </div>
  );
}
