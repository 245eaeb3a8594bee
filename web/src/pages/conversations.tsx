// Calls and meetings found over the documents; one opens the comparison of its accounts.
import { conversations } from "../api";
import { More, usePages } from "../load";
import { address } from "../route";
import type { ConversationRow } from "../store";
import { counted, day, withSides } from "../words";
import { titleOf } from "./hit";

/** The page. */
export function Conversations() {
  const list = usePages<ConversationRow>("conversations", conversations);
  return (
    <>
      <header class="head">
        <h1>Conversations</h1>
        <p class="soft">Calls and meetings that the documents tell of, with everyone’s accounts of each.</p>
      </header>
      {list.items?.length === 0 && <p>No document in the store tells of a call or meeting.</p>}
      {list.items && list.items.length > 0 && (
        <table class="list">
          <thead><tr><th scope="col">Who</th><th scope="col">When</th><th scope="col">How</th><th scope="col">Accounts</th></tr></thead>
          <tbody>
            {list.items.map((c) => (
              <tr key={c.id}>
                <th scope="row"><a href={address(["conversation", c.id])}>{withSides(c.participants) || "not named"}</a></th>
                <td>{c.date && day(c.date)}</td>
                <td>{c.medium !== "unknown" && c.medium}</td>
                <td>
                  {c.documents.map((d, i) => (
                    <span key={d.id}>{i > 0 && ", "}<a href={address(["document", d.id])}>{titleOf(d)}</a></span>
                  ))}{" "}
                  <span class="soft">({counted(c.documents.length, "account")})</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <More list={list} />
    </>
  );
}
