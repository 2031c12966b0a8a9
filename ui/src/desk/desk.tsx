// The desk: sign-in, or the rail, the page in front, the guard panel beside it, and the line below.
import { lazy, useEffect, useMemo, useState } from "react";
import { logIncident } from "../commands/log-incident";
import { Asking, type Request } from "../doing/asking";
import { forgetDone } from "../doing/run";
import { Toast } from "../doing/toast";
import { useKeyboard } from "../keys/use-keys";
import { Board } from "../nouns/board/board";
import { SignIn, SignInAgain } from "../nouns/session/sign-in";
import { StatusBar } from "../nouns/status/status-bar";
import { Announcements } from "../parts/announce";
import { useSession } from "../records/hooks";
import { type Route, useRoute } from "../route";
import styles from "./desk.module.css";
import { type Open, useDeskKeys } from "./desk-keys";
import { pages } from "./pages";
import { Rail } from "./rail";
import { useRequest } from "./request";
import { SoonBeside, SoonInFront, SoonPage } from "./soon";

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
  const person = useSession()?.person;
  useKeyboard();
  return (
    <>
      {/* Whoever signs in next has a desk of their own: nothing that was open or typed here passes to them. */}
      {person ? <SignedIn key={person.id} /> : <SignIn />}
      <Announcements />
    </>
  );
}

function SignedIn() {
  const route = useRoute();
  const [open, setOpen] = useState<Open>(null);
  const asking = useRequest(route);
  useDeskKeys(route, setOpen);
  useEffect(() => forgetDone, []);
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
                <SoonPage key={route.at} title={PAGE_NAMES[route.at]}>
                  <Page route={route} />
                </SoonPage>
              </div>
            )}
          </main>
          {asking.request && <Panel key={asking.key} request={asking.request} onEnd={asking.end} />}
        </div>
        <div className={styles.foot}>
          <StatusBar />
          <Toast />
        </div>
      </div>
      {open !== null && (
        <InFront key={open} open={open} route={route} begin={begin} onClose={() => setOpen(null)} />
      )}
    </Asking.Provider>
  );
}

/** The panel beside the work. */
function Panel({ request, onEnd }: { request: Request; onEnd: () => void }) {
  return (
    <SoonBeside title={request.title} onLeave={onEnd}>
      {(typed) => <GuardPanel request={request} typed={typed} onEnd={onEnd} />}
    </SoonBeside>
  );
}

interface Opened {
  readonly open: Exclude<Open, null>;
  readonly route: Route;
  readonly begin: { readonly entry: () => void; readonly keys: () => void };
  readonly onClose: () => void;
}

/** What was opened by a key, wherever one was. */
function InFront({ open, route, begin, onClose }: Opened) {
  switch (open) {
    case "entry":
      return (
        <SoonInFront title={logIncident.label} onLeave={onClose}>
          {(typed) => <NewEntry deed={logIncident} typed={typed} onClose={onClose} />}
        </SoonInFront>
      );
    case "keys":
      return (
        <SoonInFront title="Keys and taste" onLeave={onClose}>
          {() => <KeyList onClose={onClose} />}
        </SoonInFront>
      );
    case "palette":
      return (
        <SoonInFront title={PALETTE.title} placeholder={PALETTE.placeholder} onLeave={onClose}>
          {(typed) => (
            <Palette
              about={route.at === "incident" ? route.id : null}
              typed={typed}
              onClose={onClose}
              onNew={begin.entry}
              onKeys={begin.keys}
            />
          )}
        </SoonInFront>
      );
  }
}

/** How the palette's own field is named; the one before it is named alike. */
const PALETTE = { title: "Command or incident", placeholder: "A command, a number, a client, a word" };

/** How a page is called while it is fetched. */
const PAGE_NAMES: Readonly<Record<Exclude<Route["at"], "board">, string>> = {
  triage: "Triage",
  incident: "Incident",
  duties: "My work",
  attention: "Attention",
  sign_in: "Sign in",
};

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
    case "sign_in":
      return <SignInAgain />;
  }
}
