// The menu of a card, and a field for what is typed for it in the moment in which its file is fetched: a number
// that follows `S` chooses the move it would have chosen, and no letter reaches the board as a key.
import { type ComponentProps, lazy, Suspense, useRef } from "react";
import { TypingAhead } from "../../parts/typed-ahead";

const CardMenu = lazy(() => import("./card-menu").then((menu) => ({ default: menu.CardMenu })));

/** The menu. */
export function CardMenuSoon(called: Omit<ComponentProps<typeof CardMenu>, "typed">) {
  const typed = useRef("");
  const field = (
    <div className="unseen">
      <TypingAhead title="Actions" typed={typed} onLeave={called.onClose} />
    </div>
  );
  return (
    <Suspense fallback={field}>
      <CardMenu {...called} typed={typed} />
    </Suspense>
  );
}
