// The documents of the store, and adding to them.
import { useState } from "preact/hooks";
import { addDocument, documents } from "../api";
import { say } from "../live";
import { message, More, usePages } from "../load";
import { address } from "../route";
import type { DocumentRow } from "../store";
import { counted, day } from "../words";
import { Filter } from "./filter";
import { titleOf } from "./hit";

/** The page. */
export function Documents() {
  const [wanted, setWanted] = useState("");
  const list = usePages<DocumentRow>(wanted, (cursor) => documents(wanted, cursor));
  const [busy, setBusy] = useState<string | null>(null);
  const [failures, setFailures] = useState<string[]>([]);
  const [over, setOver] = useState(false);
  const [chosen, setChosen] = useState<number[]>([]);

  const add = async (files: FileList | null | undefined) => {
    const all = [...(files ?? [])];
    const failed: string[] = [];
    for (const [i, file] of all.entries()) {
      setBusy(`Adding ${i + 1} of ${all.length}: ${file.name}`);
      await addDocument({ name: file.name, body: file }).then(
        (kept) => failed.push(...kept.failed),
        (e: unknown) => failed.push(`${file.name}: ${message(e)}`),
      );
    }
    setBusy(null);
    setFailures(failed);
    say(failed.length > 0 ? `${counted(failed.length, "file")} not added` : `${counted(all.length, "file")} added`);
    list.reload();
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
      onDrop={(e) => (drag(e, false), void add(e.dataTransfer?.files))}
    >
      <header class="head">
        <h1>Documents</h1>
        <div class="actions">
          <label class="button file">
            Add files <input type="file" multiple class="hidden" disabled={busy !== null} onChange={(e) => void add(e.currentTarget.files)} />
          </label>
          <span class="soft">or drop them here; pasted words are kept from <a href="#/">the page on which they are read</a></span>
        </div>
        {busy && <p class="message" role="status">{busy}</p>}
        {failures.map((f) => <p key={f} class="message error" role="alert">{f}</p>)}
      </header>
      <Filter label="Title, publisher or source" change={setWanted} />
      {chosen.length > 1 && (
        <p class="actions"><a class="button" href={address(["accounts", chosen.join("-")])}>Compare {chosen.length} documents</a></p>
      )}
      {list.items?.length === 0 && <p>{wanted ? "No document of these words." : "The store is empty."}</p>}
      {list.items && list.items.length > 0 && (
        <table class="list">
          <thead><tr><td /><th scope="col">Title</th><th scope="col">Publisher</th><th scope="col">Date</th><th scope="col" class="figure">Attributions</th></tr></thead>
          <tbody>
            {list.items.map((d) => (
              <tr key={d.id}>
                <td class="choose">
                  <input
                    type="checkbox"
                    aria-label={`Compare ${titleOf(d)}`}
                    checked={chosen.includes(d.id)}
                    onChange={() => setChosen(chosen.includes(d.id) ? chosen.filter((id) => id !== d.id) : [...chosen, d.id])}
                  />
                </td>
                <th scope="row"><a href={address(["document", d.id])}>{titleOf(d)}</a></th>
                <td>{d.publisher}</td>
                <td>{d.published && day(d.published)}</td>
                <td class="figure" data-unit="attributions">{d.attributions.toLocaleString("en")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <More list={list} />
    </div>
  );
}
