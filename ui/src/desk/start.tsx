// Opens the door, reads the first records and draws the desk.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { call, openDoor, reasonOf, type Transport } from "../door";
import { showPreferences } from "../parts/preferences";
import { Refused } from "../parts/refusal";
import "../parts/page.css";
import { beginReading } from "../records/reading";
import { go, toDuty } from "../route";
import { Desk } from "./desk";
import { Fallback } from "./fallback";
import { fetchPages } from "./pages";

/** Starts the screen on the page. */
export function start(transport: Transport): void {
  const place = document.getElementById("desk");
  if (place === null) return;
  showPreferences();
  readFace();
  document.addEventListener("contextmenu", keepAway);
  openDoor(transport);
  const root = createRoot(place);
  beginReading({
    openDuty: (subject) => go(toDuty(subject, "duty")),
  }).then(
    () => {
      root.render(
        <StrictMode>
          <Fallback>
            <Desk />
          </Fallback>
        </StrictMode>,
      );
      afterPaint(() => {
        call("painted", {}).catch(() => undefined);
        fetchPages();
      });
    },
    (caught: unknown) => root.render(<Refused error={reasonOf(caught)} />),
  );
}

/** The face is read while the desk is asked: asked for by the first text, it would come after that was laid out,
 * and everything would be laid out again. */
function readFace(): void {
  document.fonts?.load('1em "Inter Variable"').catch(() => undefined);
}

/** The browser's own menu opens windows and saves pages: it comes only where text is written or marked. */
function keepAway(event: MouseEvent): void {
  const inText = event.target instanceof Element && event.target.closest("input, textarea") !== null;
  if (!inText && getSelection()?.isCollapsed !== false) event.preventDefault();
}

/** Two frames: the first commits, the second has painted. */
function afterPaint(run: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(run));
}
