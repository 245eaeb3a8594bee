// A conversation of the store: its accounts compared.
import { useCallback } from "preact/hooks";
import { compareKept, conversation, exportConversation, exportKept } from "../api";
import { ComparisonPage } from "../compare/comparison";
import { Export } from "../export";
import { Shown, useLoad } from "../load";
import { address, type Route } from "../route";

/** The page. */
export function ConversationPage({ route }: { route: Route }) {
  const id = route.parts[1] ?? "";
  const loaded = useLoad(id, () => conversation(id));
  const addressOf = useCallback((claim: string | null) => address(["conversation", id], { claim }), [id]);
  return (
    <Shown of={loaded}>
      {({ conversation: talk, comparison }) => (
        <ComparisonPage
          comparison={comparison}
          documentAddress={(i) => (talk.documents[i] ? address(["document", talk.documents[i].id]) : null)}
          claim={route.query.get("claim")}
          addressOf={addressOf}
          actions={<Export name="comparison" formats={["csv", "json", "html"]} make={(format) => exportConversation(id, format)} />}
        />
      )}
    </Shown>
  );
}

/** Documents of the store that a person compares: `#/accounts/12-13`. */
export function Accounts({ route }: { route: Route }) {
  const given = route.parts[1] ?? "";
  const ids = given.split("-");
  const loaded = useLoad(given, () => compareKept(ids));
  const addressOf = useCallback((claim: string | null) => address(["accounts", given], { claim }), [given]);
  return (
    <Shown of={loaded}>
      {(comparison) => (
        <ComparisonPage
          comparison={comparison}
          documentAddress={(i) => (ids[i] ? address(["document", ids[i]]) : null)}
          claim={route.query.get("claim")}
          addressOf={addressOf}
          actions={<Export name="comparison" formats={["csv", "json", "html"]} make={(format) => exportKept(ids, format)} />}
        />
      )}
    </Shown>
  );
}
