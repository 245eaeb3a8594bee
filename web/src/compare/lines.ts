// Lines between linked passages that stand in different texts, as they lie on the screen now.
import type { Link, Relation } from "../types";

/** A line to draw: a path in the frame's own coordinates. */
export interface Line {
  id: string;
  d: string;
  relation: Relation;
  chosen: boolean;
}

/** The lines of these links; passages scrolled out of their panes, or one above the other on a small screen, get none. */
export function drawLinks(frame: Element, links: Link[], chosen: string): Line[] {
  const origin = frame.getBoundingClientRect();
  return links.flatMap((link) => {
    const [a, b] = [box(frame, link.a), box(frame, link.b)];
    if (!a || !b) return [];
    const [left, right] = a.left < b.left ? [a, b] : [b, a];
    if (left.paneRight > right.paneLeft) return [];
    const x1 = left.right - origin.left;
    const x2 = right.left - origin.left;
    const [y1, y2] = [left.middle - origin.top, right.middle - origin.top];
    const bend = left.paneRight - origin.left + (right.paneLeft - left.paneRight) / 2;
    const d = `M${x1},${y1} L${left.paneRight - origin.left - 8},${y1} C${bend},${y1} ${bend},${y2} ${Math.min(x2, right.paneLeft - origin.left) - 3},${y2} L${x2 - 3},${y2}`;
    return [{ id: `${link.a}-${link.b}`, d, relation: link.relation, chosen: link.a === chosen || link.b === chosen }];
  });
}

interface Box {
  left: number;
  right: number;
  middle: number;
  paneLeft: number;
  paneRight: number;
}

/** Where a passage's line begins: at the last visible line of its words on the right, at the first on the left. */
function box(frame: Element, claim: string): Box | null {
  const marks = [...frame.querySelectorAll(`[data-c~="${claim}"]`)];
  const pane = marks[0]?.closest(".pane-text")?.getBoundingClientRect();
  if (!pane) return null;
  const rects = marks.flatMap((m) => [...m.getClientRects()]).filter((r) => r.bottom > pane.top + 4 && r.top < pane.bottom - 4);
  const first = rects[0];
  if (!first) return null;
  const right = Math.max(...rects.map((r) => r.right));
  const left = Math.min(...rects.map((r) => r.left));
  return { left, right, middle: (first.top + rects.at(-1)!.bottom) / 2, paneLeft: pane.left, paneRight: pane.right };
}
