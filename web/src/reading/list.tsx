// Who said what, by side and speaker.
import { useMemo, useState } from "preact/hooks";
import { counted, heading } from "../words";
import { Card } from "./card";
import type { ReadingView, SpeakerGroup } from "./view";

/** With more attributions than this a speaker's are made when they are opened. */
const OPEN_UP_TO = 150;

/** The list beside the article. */
export function List({ view, go }: { view: ReadingView; go(index: number): void }) {
  const groups = useMemo(() => view.bySide(), [view]);
  const open = view.reading.attributions.length <= OPEN_UP_TO;
  if (groups.length === 0) {
    return <p>No attributions found: {nothingFound(view.reading.document.language)}.</p>;
  }
  const sidesKnown = groups.some((g) => g.side !== null);
  return (
    <>
      {groups.map((group) => (
        <section key={group.side} class={`side c${view.colour(group.side)}`}>
          {sidesKnown && <h3>{group.side ?? "side not known"}</h3>}
          {group.speakers.map((s) => (
            <Speaker key={s.speaker?.id} view={view} group={s} go={go} open={open} />
          ))}
        </section>
      ))}
    </>
  );
}

/** Why nobody says anything: that it is so, or that the text is in another language. */
function nothingFound(language: string | null): string {
  const read = /^(en|eng|und|mul)?([-_]|$)/.test(language ?? "");
  return read ? "this text ascribes no words, wishes or beliefs to anybody" : `this text is in another language (“${language}”), and saywho reads English`;
}

function Speaker({ view, group, go, open }: { view: ReadingView; group: SpeakerGroup; go(i: number): void; open: boolean }) {
  const [shown, setShown] = useState(open);
  const roles = group.speaker?.roles.join(", ");
  return (
    <details class="speaker-group" open={open} onToggle={(e) => e.currentTarget.open && setShown(true)}>
      <summary>
        <h4>
          {heading(group.speaker)} {roles && <span class="role">{roles}</span>}
          {!open && <span class="count">{counted(group.entries.length, "attribution")}</span>}
        </h4>
      </summary>
      {shown && (
        <ul class="cards">
          {group.entries.map(({ index, depth }) => <Card key={index} view={view} index={index} depth={depth} go={go} />)}
        </ul>
      )}
    </details>
  );
}
