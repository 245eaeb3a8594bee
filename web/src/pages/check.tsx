// A document of the store checked against others: `#/check/12` chooses them, `#/check/12/3-5` and `#/check/12/all` show what came of it.
import { useState } from "preact/hooks";
import { checkKept, document, documents, exportCheck, others } from "../api";
import { Counts, Passages } from "../check/check";
import { Export } from "../export";
import { More, Shown, useLoad, usePages } from "../load";
import { address, useTitle, type Route } from "../route";
import type { DocumentRow, StoredDocument } from "../store";
import { counted, day } from "../words";
import { Filter } from "./filter";
import { titleOf } from "./hit";

/** As many as the server takes at once. */
const MOST = 1000;

/** The page. */
export function CheckDocument({ route }: { route: Route }) {
  const [, id = "", against = ""] = route.parts;
  const loaded = useLoad(id, () => document(id));
  return (
    <Shown of={loaded}>
      {(stored) => (against ? <Checked key={against} stored={stored} against={against} /> : <Choose stored={stored} />)}
    </Shown>
  );
}

function Choose({ stored }: { stored: StoredDocument }) {
  const [wanted, setWanted] = useState("");
  const [chosen, setChosen] = useState<number[]>([]);
  const list = usePages<DocumentRow>(wanted, (cursor) => documents(wanted, cursor));
  const rows = list.items?.filter((d) => d.id !== stored.id);
  useTitle("Check against…");
  return (
    <>
      <header class="head">
        <h1>Check “{titleOf(stored)}” against…</h1>
        <p class="lead">Each of its quotations and reports is sought in the documents you choose: are these the words, who said them, and does a change matter?</p>
        <div class="actions">
          {chosen.length > 0
            ? <a class="button main" href={address(["check", stored.id, chosen.join("-")])}>Check against {counted(chosen.length, "document")}</a>
            : <a class="button main" href={address(["check", stored.id, "all"])}>Check against all others</a>}
        </div>
      </header>
      <Filter label="Title, publisher or source" change={setWanted} />
      {rows?.length === 0 && <p>{wanted ? "No other document of these words." : "There is no other document: add its sources under “Documents”."}</p>}
      {rows && rows.length > 0 && (
        <table class="list">
          <thead><tr><td /><th scope="col">Title</th><th scope="col">Publisher</th><th scope="col">Date</th></tr></thead>
          <tbody>
            {rows.map((d) => (
              <tr key={d.id}>
                <td class="choose">
                  <input
                    type="checkbox"
                    aria-label={`Check against ${titleOf(d)}`}
                    checked={chosen.includes(d.id)}
                    onChange={() => setChosen(chosen.includes(d.id) ? chosen.filter((id) => id !== d.id) : [...chosen, d.id])}
                  />
                </td>
                <th scope="row"><a href={address(["document", d.id])}>{titleOf(d)}</a></th>
                <td>{d.publisher}</td>
                <td>{d.published && day(d.published)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <More list={list} />
    </>
  );
}

function Checked({ stored, against }: { stored: StoredDocument; against: string }) {
  const id = String(stored.id);
  const loaded = useLoad(`${id} ${against}`, async () => {
    const ids = against === "all" ? await others(id, MOST) : against.split("-");
    return { ids, check: await checkKept(id, ids) };
  });
  useTitle(`${titleOf(stored)}, checked`);
  return (
    <>
      <header class="head">
        <p class="soft"><a href={address(["document", id])}>The document</a> · <a href={address(["check", id])}>Check against others</a></p>
        <h1>{titleOf(stored)}</h1>
      </header>
      <Shown of={loaded}>
        {({ ids, check }) => (
          <>
            <p>{counted(check.passages.length, "passage")} checked against {counted(ids.length, "document")}</p>
            <Counts check={check} />
            <Export name={`${stored.name}-checked`} make={(format) => exportCheck(id, ids, format)} />
            <Passages
              check={check}
              addressOf={(i, a) => address(["document", i === 0 ? id : ids[i - 1] ?? ""], { a })}
            />
            <p class="soft">“Not found” means: in these documents.</p>
          </>
        )}
      </Shown>
    </>
  );
}
