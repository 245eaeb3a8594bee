// What changed between two wordings: the longest common run of words stays, the rest was taken out or put in.

/** A run of words that stayed, went or came. */
export interface Part {
  kind: "same" | "gone" | "come";
  words: string;
}

/** The second wording told as changes of the first; wordings longer than a page are not compared. */
export function changes(before: string, after: string): Part[] {
  const [a, b] = [before.split(/\s+/), after.split(/\s+/)];
  if (a.length * b.length > 250_000) return [{ kind: "gone", words: before }, { kind: "come", words: after }];
  const best = longest(a, b);
  const parts: Part[] = [];
  const push = (kind: Part["kind"], word: string) => {
    const last = parts.at(-1);
    if (last?.kind === kind) last.words += ` ${word}`;
    else parts.push({ kind, words: word });
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      push("same", a[i]!);
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && best[i + 1]![j]! >= best[i]![j + 1]!)) push("gone", a[i++]!);
    else push("come", b[j++]!);
  }
  return parts;
}

/** For each two places the length of the longest common sequence behind them. */
function longest(a: string[], b: string[]): number[][] {
  const best = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      best[i]![j] = a[i] === b[j] ? best[i + 1]![j + 1]! + 1 : Math.max(best[i + 1]![j]!, best[i]![j + 1]!);
    }
  }
  return best;
}
