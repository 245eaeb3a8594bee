// The documents of the store, and adding to them.
import { useEffect, useState } from "preact/hooks";
import { documents } from "../api";
import { More, usePages } from "../load";
import { address } from "../route";
import type { DocumentRow } from "../store";
import { upload, useUploads } from "../uploads";
import { day } from "../words";
import { Filter } from "./filter";
import { titleOf } from "./hit";

/** The page. */
export function Documents() {
  const [wanted, setWanted] = useState("");
  const list = usePages<DocumentRow>(wanted, (cursor) => documents(wanted, cursor));
  const uploads = useUploads();
  const [over, setOver] = useState(false);
  const [chosen, setChosen] = useState<number[]>([]);
  const add = (files: FileList | null | undefined) => upload([...(files ?? [])]);
  // What is there is shown anew now and then, and at the end.
  const shown = uploads.name === null ? uploads.done : Math.floor(uploads.done / 10);
  useEffect(() => {
    if (uploads.done > 0) list.reload();
  }, [shown, uploads.name === null]);
  const drag = (event: DragEvent, on: boolean) => {
    event.preventDefault();
    setOver(on);
  };
  return (
    <div
      class={over ? "landing over" : "landing"}
      onDragOver={(e) => drag(e, true)}
      onDragLeave={(e) => drag(e, false)}
      onDrop={(e) => (drag(e, false), add(e.dataTransfer?.files))}
    >
      <header class="head">
        <h1>Documents</h1>
        <div class="actions">
          <label class="button file">
            Add files <input type="file" multiple class="hidden" onChange={(e) => add(e.currentTarget.files)} />
          </label>
          <span class="soft">or drop them here; pasted words are kept from <a href="#/">the page on which they are read</a></span>
        </div>
      </header>
      <Filter label="Title, publisher or source" change={setWanted} />
      {list.items?.length === 0 && uploads.name === null && <p>{wanted ? "No document of these words." : "The store is empty."}</p>}
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
      {chosen.length > 0 && (
        <p class="chosen-bar">
          {chosen.length > 1
            ? <a class="button main" href={address(["accounts", chosen.join("-")])}>Compare {chosen.length} documents</a>
            : <span>One document chosen: choose another to compare them.</span>}
          <button type="button" onClick={() => setChosen([])}>Choose none</button>
        </p>
      )}
    </div>
  );
}
