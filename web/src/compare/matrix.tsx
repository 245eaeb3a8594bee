// The issue matrix: issues down, sides across.
import type { Account, Claim, Comparison, IssueRow } from "../types";
import { claimCue, shorten, tellingWords } from "../words";

/** Characters of a claim that a cell shows. */
const WORDS = 170;

/** The side that tells a claim; a document without one stands for itself. */
export function sideOf(claim: Claim): string {
  return claim.side ?? `document ${claim.document + 1}`;
}

/** The side of an account; one without it stands for itself. */
function sideOfAccount(account: Account, index: number): string {
  return account.side ?? `document ${index + 1}`;
}

/** All sides: those of the documents in their order, then those of claims alone. */
export function sides(comparison: Comparison): string[] {
  const several = comparison.documents.length > 1;
  const documents = comparison.documents.flatMap((d, i) => (several || d.side ? [sideOfAccount(d, i)] : []));
  return [...new Set([...documents, ...comparison.claims.map(sideOf)])];
}

/** What a cell without claims tells: that the side is silent, or why its account tells nothing of the conversation. */
export function emptyCell(comparison: Comparison, side: string): string {
  const own = comparison.documents.filter((d, i) => sideOfAccount(d, i) === side);
  const unread = own.length > 0 && own.every((d) => d.claims === "none readable");
  if (unread && own.every((d) => d.conversation === "another")) return "this account tells of another conversation";
  return unread ? "nothing could be read in this account" : "not in the documents given";
}

/** "same", "differ", "contradict", "only" or "not": what the style sheet knows. */
export function relationClass(relation: string): string {
  return relation.split(" ")[0] ?? "";
}

/** "differ 0.94", "only Norrland", "no clear counterpart". */
export function relationWords(row: IssueRow): string {
  if (row.nearest) return "no clear counterpart";
  return row.confidence === null || row.relation.startsWith("only ") ? row.relation : `${row.relation} ${row.confidence.toFixed(2)}`;
}

/** The table. */
export function Matrix({ comparison, open }: { comparison: Comparison; open(claim: string): void }) {
  const across = sides(comparison);
  const byId = new Map(comparison.claims.map((c) => [c.id, c]));
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Issues by side">
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">Issue</th>
            {across.map((side, i) => <th key={side} scope="col" class={`c${(i % 6) + 1} side-name`}>{side}</th>)}
            <th scope="col">Relation</th>
          </tr>
        </thead>
        <tbody>
          {comparison.issues.map((row, i) => {
            const claims = row.claims.map((id) => byId.get(id)).filter((c) => c !== undefined);
            const nearest = row.nearest === undefined ? undefined : byId.get(row.nearest);
            return (
              <tr key={i} class={relationClass(row.relation)}>
                <th scope="row">{row.issue}</th>
                {across.map((side) => (
                  <Cell key={side} comparison={comparison} side={side} claims={claims.filter((c) => sideOf(c) === side)} nearest={nearest && sideOf(nearest) === side ? nearest : undefined} open={open} />
                ))}
                <td class="relation" data-label="Relation"><span>{relationWords(row)}</span></td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps {
  comparison: Comparison;
  side: string;
  claims: Claim[];
  /** Without claims: the one of this side that comes nearest. */
  nearest: Claim | undefined;
  open(claim: string): void;
}

function Cell({ comparison, side, claims, nearest, open }: CellProps) {
  if (claims.length === 0) {
    const words = nearest ? <>nearest: <Told comparison={comparison} claim={nearest} /></> : emptyCell(comparison, side);
    return <td class="silent" data-label={side}>– <span>{words}</span></td>;
  }
  return (
    <td data-label={side}>
      <ul>
        {claims.map((claim) => (
          <li key={claim.id}>
            <button type="button" class="claim" id={`cell-${claim.id}`} onClick={() => open(claim.id)}>
              <Told comparison={comparison} claim={claim} />
            </button>
          </li>
        ))}
      </ul>
    </td>
  );
}

/** A claim for people: "Maren demanded “the fishing ban be lifted”". An account's words on the conversation itself stand alone. */
export function Told({ comparison, claim, most = WORDS }: { comparison: Comparison; claim: Claim; most?: number }) {
  const words = shorten(tellingWords(comparison, claim), most);
  const cue = claimCue(comparison, claim);
  return (
    <>
      {claim.speaker && <b>{shortName(comparison, claim.speaker)}{cue ? ` ${cue}` : ":"} </b>}
      <q>{words}</q>
    </>
  );
}

/** The last word of a participant's name; other names stay. */
function shortName(comparison: Comparison, name: string): string {
  const participant = comparison.conversation.participants.some((p) => p.name === name);
  return participant ? (name.split(" ").at(-1) ?? name) : name;
}
