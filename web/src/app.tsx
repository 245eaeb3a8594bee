// The frame of the page and which page stands in it.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { compare, read } from "./api";
import { TokenForm } from "./token";
import { type Input } from "./inputs";
import { Compared, Read } from "./pages/answers";
import { CheckDocument } from "./pages/check";
import { Accounts, ConversationPage } from "./pages/conversation";
import { Conversations } from "./pages/conversations";
import { Document } from "./pages/document";
import { Documents } from "./pages/documents";
import { Landing } from "./pages/landing";
import { Search } from "./pages/search";
import { Speaker } from "./pages/speaker";
import { Speakers } from "./pages/speakers";
import { Stats } from "./pages/stats";
import { address, useRoute, visit, type Route } from "./route";
import { Theme } from "./theme";
import type { Comparison, Reading } from "./types";
import { ANSWER, setUnsaved } from "./unsaved";
import { UploadStatus } from "./uploads";

/** The pages that the masthead names, with the others that belong to each. */
const PAGES: { path: string; name: string; also: string[] }[] = [
  { path: "", name: "Read", also: ["read", "compare"] },
  { path: "search", name: "Search", also: [] },
  { path: "conversations", name: "Conversations", also: ["conversation", "accounts"] },
  { path: "speakers", name: "Speakers", also: ["speaker"] },
  { path: "documents", name: "Documents", also: ["document", "check"] },
  { path: "stats", name: "Figures", also: [] },
];

/** What was read or compared last without being kept. */
interface Answer {
  inputs: Input[];
  reading?: Reading;
  comparison?: Comparison;
}

/** The whole page. */
export function App() {
  const route = useRoute();
  const [last, setLast] = useState<Answer | null>(null);
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);

  const answer = useCallback(async (inputs: Input[]) => {
    if (inputs.length > 1) {
      setLast({ inputs, comparison: await compare(inputs) });
      setUnsaved(ANSWER, true);
      visit(address(["compare"]));
    } else {
      setLast({ inputs, reading: await read(inputs[0]!) });
      setUnsaved(ANSWER, true);
      visit(address(["read"]));
    }
  }, []);
  useEffect(() => {
    if (!first.current) {
      scrollTo(0, 0);
      main.current?.focus({ preventScroll: true });
    }
    first.current = false;
    // Pages that wait for an answer name themselves when it is there.
    document.title = [main.current?.querySelector("h1")?.textContent, "saywho"].filter((t) => t).join(" – ");
  }, [route.parts.join("/")]);

  return (
    <>
      <a class="skip button" href="#main" onClick={(e) => (e.preventDefault(), main.current?.focus())}>To the content</a>
      <header class="masthead">
        <a class="name" href="#/">saywho</a>
        <Pages page={route.parts[0] ?? ""} />
        <Theme />
      </header>
      <main id="main" tabIndex={-1} ref={main}>
        <TokenForm />
        <UploadStatus />
        <Content route={route} last={last} answer={answer} />
      </main>
      <p id="live" class="hidden" role="status" aria-live="polite" />
    </>
  );
}

function Pages({ page }: { page: string }) {
  return (
    <nav aria-label="Pages">
      <ul>
        {PAGES.map(({ path, name, also }) => (
          <li key={path}>
            <a href={address([path])} aria-current={page === path || also.includes(page) ? "page" : undefined}>{name}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Content({ route, last, answer }: { route: Route; last: Answer | null; answer(inputs: Input[]): Promise<void> }) {
  switch (route.parts[0]) {
    case "read":
      return last?.reading ? <Read route={route} inputs={last.inputs} reading={last.reading} /> : <Landing answer={answer} />;
    case "compare":
      return last?.comparison ? <Compared route={route} inputs={last.inputs} comparison={last.comparison} /> : <Landing answer={answer} />;
    case "search":
      return <Search route={route} />;
    case "accounts":
      return <Accounts route={route} />;
    case "conversations":
      return <Conversations />;
    case "conversation":
      return <ConversationPage route={route} />;
    case "speakers":
      return <Speakers />;
    case "speaker":
      return <Speaker route={route} />;
    case "documents":
      return <Documents />;
    case "document":
      return <Document route={route} />;
    case "check":
      return <CheckDocument route={route} />;
    case "stats":
      return <Stats route={route} />;
    default:
      return <Landing answer={answer} />;
  }
}
