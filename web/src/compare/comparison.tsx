// A comparison: the matrix first; a cell opens the texts at its passage.
import type { ComponentChildren } from "preact";
import { useCallback, useEffect } from "preact/hooks";
import { say } from "../live";
import { rename, useTitle, visit } from "../route";
import type { Comparison } from "../types";
import { day, initiative, mediumPhrase, withSides } from "../words";
import { Matrix } from "./matrix";
import { Balance } from "./balance";
import { Texts } from "./texts";

interface ComparisonPageProps {
  comparison: Comparison;
  actions?: ComponentChildren;
  /** The claim whose passage is shown; none shows the matrix. */
  claim: string | null;
  /** The address of a claim's passage, or of the matrix. */
  addressOf(claim: string | null): string;
  /** Where a document stands in the store, if it does. */
  documentAddress?(index: number): string | null;
}

/** The page. */
export function ComparisonPage({ comparison, actions, claim, addressOf, documentAddress }: ComparisonPageProps) {
  const open = useCallback((id: string) => {
    visit(addressOf(id));
    say("The texts, side by side");
  }, [addressOf]);
  const choose = useCallback((id: string) => rename(addressOf(id)), [addressOf]);
  const known = comparison.claims.some((c) => c.id === claim) ? claim : null;
  const back = useCallback(() => {
    visit(addressOf(null));
    requestAnimationFrame(() => document.getElementById(`cell-${known}`)?.focus());
  }, [addressOf, known]);
  useEffect(() => {
    if (known) document.getElementById("issue")?.focus();
  }, [known === null]);
  return (
    <>
      <Head comparison={comparison} actions={actions} brief={known !== null} />
      {known === null ? (
        <>
          {comparison.cautions.map((c) => <p key={c} class="message caution" role="note">{c}</p>)}
          {comparison.issues.length > 0 && <Matrix comparison={comparison} open={open} />}
          <p class="note">
            “Only” and “not in the documents given” speak of these documents. Relations tell how the accounts stand to each other, not who is
            right.
          </p>
          {comparison.issues.length > 0 && <Balance comparison={comparison} />}
          <Documents comparison={comparison} addressOf={documentAddress} />
        </>
      ) : (
        <Texts comparison={comparison} claim={known} choose={choose} addressOf={addressOf} back={back} />
      )}
    </>
  );
}

function Head({ comparison, actions, brief }: { comparison: Comparison; actions: ComponentChildren; brief: boolean }) {
  const talk = comparison.conversation;
  const title = withSides(talk.participants) || "What each side tells";
  useTitle(title);
  const nameOf = (d: number) => {
    const account = comparison.documents[d];
    return account?.side ?? account?.title ?? account?.id ?? `document ${d + 1}`;
  };
  const how = [mediumPhrase(talk.medium), talk.date && day(talk.date), talk.duration_minutes && `${talk.duration_minutes} minutes`];
  const asked = talk.initiator_disputed.length > 0 ? talk.initiator_disputed : talk.initiator ? [talk.initiator] : [];
  return (
    <header class={brief ? "head brief" : "head"}>
      <p class="origin">{how.filter((h) => h).join(" · ") || "a conversation"}</p>
      <h1>{title}</h1>
      {!brief && <ul class="told">
        {asked.map((a) => (
          <li key={a.side}>{initiative(a.side, a.according_to.map((d) => `${nameOf(d)}’s account`))}</li>
        ))}
        {talk.tone.map((t) => (
          <li key={t.words}>
            “{t.words}”, in the words of {nameOf(t.according_to)}’s account
            {t.convention.map((c) => (
              <span key={c.word} class="soft"> (“{c.word}” is conventionally read as: {c.reading}; {c.source})</span>
            ))}
          </li>
        ))}
      </ul>}
      {!brief && actions}
    </header>
  );
}

function Documents({ comparison, addressOf }: { comparison: Comparison; addressOf: ComparisonPageProps["documentAddress"] | undefined }) {
  return (
    <section>
      <h2 class="small-caps">Documents read</h2>
      <ul class="documents-read">
        {comparison.documents.map((d, i) => (
          <li key={i}>
            <b>{addressOf?.(i) ? <a href={addressOf(i)!}>{d.title ?? d.id}</a> : (d.title ?? d.id)}</b>{" "}
            <span class="soft">
              {[d.side, d.kind, d.published && day(d.published), d.translation && `“${d.translation}”`].filter((s) => s).join(" · ")}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
