// What is selected in an article, as a span of its text.
import type { Span } from "../types";

/** The selected span; null where nothing, or nothing of the article, is selected. */
export function selectedSpan(article: Element): Span | null {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!article.contains(range.startContainer) || !article.contains(range.endContainer)) return null;
  const start = offset(range.startContainer, range.startOffset);
  const end = offset(range.endContainer, range.endOffset);
  return start === null || end === null || start >= end ? null : { start, end };
}

/** A place in the document as an offset of the text: the segment's own offset and the letters before the place in it. */
function offset(node: Node, at: number): number | null {
  const element = node instanceof Element ? node : node.parentElement;
  const segment = element?.closest<HTMLElement>("[data-at]");
  if (!segment) return node instanceof Element ? firstBehind(node, at) : null;
  const before = document.createRange();
  before.setStart(segment, 0);
  before.setEnd(node, at);
  return Number(segment.dataset["at"]) + before.toString().length;
}

/** A selection that begins or ends between segments, as after a triple click, stands at the next one's beginning. */
function firstBehind(node: Element, at: number): number | null {
  const next = node.childNodes[at];
  const segment = next instanceof Element ? (next.closest("[data-at]") ?? next.querySelector("[data-at]")) : null;
  return segment ? Number((segment as HTMLElement).dataset["at"]) : null;
}
