// Who speaks in the documents, the most quoted first.
import { useState } from "preact/hooks";
import { speakers } from "../api";
import { More, usePages } from "../load";
import { address } from "../route";
import type { SpeakerRow } from "../store";
import { heading } from "../words";
import { Filter } from "./filter";

/** The page. */
export function Speakers() {
  const [wanted, setWanted] = useState("");
  const list = usePages<SpeakerRow>(wanted, (cursor) => speakers(wanted, cursor));
  return (
    <>
      <header class="head">
        <h1>Speakers</h1>
      </header>
      <Filter label="Name" change={setWanted} />
      {list.items?.length === 0 && <p>{wanted ? "Nobody of that name." : "Nobody speaks yet: the store is empty."}</p>}
      {list.items && list.items.length > 0 && (
        <table class="list">
          <thead><tr><th scope="col">Speaker</th><th scope="col">Side</th><th scope="col">Kind</th><th scope="col" class="figure">Attributions</th><th scope="col" class="figure">Documents</th><th scope="col" class="figure">Words</th></tr></thead>
          <tbody>
            {list.items.map((s) => (
              <tr key={s.id}>
                <th scope="row"><a href={address(["speaker", s.id])}>{heading(s)}</a></th>
                <td>{s.side}</td>
                <td>{s.kind}</td>
                <td class="figure" data-unit="attributions">{s.attributions.toLocaleString("en")}</td>
                <td class="figure" data-unit="documents">{s.documents.toLocaleString("en")}</td>
                <td class="figure" data-unit="words">{s.words.toLocaleString("en")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <More list={list} />
    </>
  );
}
