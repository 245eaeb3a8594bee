// What would be lost if the page were left: the browser asks before it goes.

/** An answer that nobody has kept yet. */
export const ANSWER = "answer";

const reasons = new Set<string>();

function ask(event: BeforeUnloadEvent) {
  event.preventDefault();
  // What older browsers want.
  event.returnValue = "";
}

/** Says whether something would be lost; `reason` names it. */
export function setUnsaved(reason: string, unsaved: boolean): void {
  if (unsaved) reasons.add(reason);
  else reasons.delete(reason);
  if (reasons.size > 0) addEventListener("beforeunload", ask);
  else removeEventListener("beforeunload", ask);
}
