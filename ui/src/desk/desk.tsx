// The desk: sign-in, or the rail, the page in front, the guard panel beside it, and the line below.
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from "react";
import { logIncident } from "../commands/log-incident";
import { type Ask, Asking, type Request } from "../doing/asking";
import { Toast } from "../doing/toast";
import { useKeyboard } from "../keys/use-keys";
import { Board } from "../nouns/board/board";
import { SignIn } from "../nouns/session/sign-in";
import { StatusBar } from "../nouns/status/status-bar";
import { Announcements } from "../parts/announce";
import { useSession } from "../records/hooks";
import { type Route, useRoute } from "../route";
import styles from "./desk.module.css";
import { type Open, useDeskKeys } from "./desk-keys";
import { pages } from "./pages";
import { Rail } from "./rail";
import { PaletteSoon } from "./soon";

// The board paints first; what stands in front of it is fetched right after.
const AttentionInbox = lazy(pages.attention);
const MyWork = lazy(pages.duties);
const NewEntry = lazy(pages.entry);
const IncidentPage = lazy(pages.incident);
const KeyList = lazy(pages.keys);
const Palette = lazy(pages.palette);
const Triage = lazy(pages.triage);
const GuardPanel = lazy(pages.panel);

/** Everything on screen. */
export function Desk() {
  const session = useSession();
  useKeyboard();
  return (
    <>
      {session?.person ? <SignedIn /> : <SignIn />}
      <Announcements />
    </>
  );
}

function SignedIn() {
  const route = useRoute();
  const [open, setOpen] = useState<Open>(null);
  const asking = useRequest();
  useDeskKeys(route, setOpen);
  const begin = useMemo(
    () => ({ entry: () => setOpen("entry"), palette: () => setOpen("palette"), keys: () => setOpen("keys") }),
    [],
  );
  return (
    <Asking.Provider value={asking.ask}>
      <div className={styles.desk}>
        <Rail route={route} onNew={begin.entry} onPalette={begin.palette} onKeys={begin.keys} />
        <div className={styles.middle}>
          <main className={styles.main}>
            <div
              className={styles.page}
              data-away={route.at !== "board" || undefined}
              inert={route.at !== "board"}
            >
              <Board
                inFront={route.at === "board"}
                active={route.at === "board" && open === null && asking.request === null}
              />
            </div>
            {route.at !== "board" && (
              <div className={styles.page}>
                <Suspense fallback={null}>
                  <Page route={route} />
                </Suspense>
              </div>
            )}
          </main>
          <Suspense fallback={null}>
            {asking.request && <GuardPanel key={asking.key} request={asking.request} onEnd={asking.end} />}
          </Suspense>
        </div>
        <StatusBar />
      </div>
      <Toast />
      <Suspense fallback={null}>
        {open === "entry" && <NewEntry deed={logIncident} onClose={() => setOpen(null)} />}
        {open === "keys" && <KeyList onClose={() => setOpen(null)} />}
      </Suspense>
      {open === "palette" && (
        <Called
          about={route.at === "incident" ? route.id : null}
          onClose={() => setOpen(null)}
          onNew={begin.entry}
          onKeys={begin.keys}
        />
      )}
    </Asking.Provider>
  );
}

/** The palette, and until its file is here a field that keeps what is typed for it. */
function Called(called: Omit<React.ComponentProps<typeof Palette>, "typed">) {
  const [typed, setTyped] = useState("");
  return (
    <Suspense fallback={<PaletteSoon text={typed} onText={setTyped} onClose={called.onClose} />}>
      <Palette {...called} typed={typed} />
    </Suspense>
  );
}

function Page({ route }: { route: Exclude<Route, { at: "board" }> }) {
  switch (route.at) {
    case "triage":
      return <Triage signal={route.signal} />;
    case "incident":
      return <IncidentPage key={route.id} id={route.id} doing={route.doing} />;
    case "duties":
      return <MyWork />;
    case "attention":
      return <AttentionInbox />;
  }
}

/** What the guard panel asks, and the way back to where the focus was. */
function useRequest() {
  const [state, setState] = useState<{ request: Request; key: number } | null>(null);
  const cameFrom = useRef<Element | null>(null);
  const count = useRef(0);
  const ask: Ask = useCallback((request) => {
    const at = document.activeElement;
    if (at?.closest("aside") == null) cameFrom.current = at;
    count.current += 1;
    setState({ request, key: count.current });
  }, []);
  const end = useCallback(() => {
    setState(null);
    const back = cameFrom.current;
    if (back instanceof HTMLElement && back.isConnected) back.focus();
  }, []);
  return { request: state?.request ?? null, key: state?.key ?? 0, ask, end };
}
