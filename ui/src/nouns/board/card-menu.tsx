// The "…" of a card: where it may go, and every deed, each with its key or the reason why not. A signal has its own.
import { useLayoutEffect, useRef } from "react";
import { Header, Menu, MenuItem, MenuSection, Popover } from "react-aria-components";
import type { ColumnHead, IncidentView, Move, Offer, Verb } from "../../bindings";
import { INCIDENT_DEEDS } from "../../commands/all";
import { Keys } from "../../parts/keys";
import { type TypedAhead, TypingAhead } from "../../parts/typed-ahead";
import { useIncident } from "../../records/hooks";
import styles from "./card-menu.module.css";
import { type MenuDeed, MenuDeeds } from "./menu-deeds";
import { type CardMenuOpen, type OpenMenu, welcomeOf } from "./moving";
import { SignalMenu } from "./signal-menu";

interface Offered {
  readonly menu: CardMenuOpen;
  readonly columns: readonly ColumnHead[];
  /** What was typed before it was here. */
  readonly typed: TypedAhead;
  readonly onMove: (view: IncidentView, move: Move) => void;
  readonly onDeed: (view: IncidentView, offer: Offer) => void;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}

/** The menu of a card, or of a signal. */
export function CardMenu({
  menu,
  onSignalDeed,
  ...offered
}: Omit<Offered, "menu"> & {
  readonly menu: OpenMenu;
  readonly onSignalDeed: (id: string, verb: Verb) => void;
}) {
  if (menu.on === "incident") return <IncidentMenu menu={menu} {...offered} />;
  const { typed, onClose } = offered;
  return (
    <SignalMenu menu={menu} typed={typed} onDeed={(verb) => onSignalDeed(menu.id, verb)} onClose={onClose} />
  );
}

/** The menu of an incident, beside what opened it. */
function IncidentMenu({ menu, columns, typed, onMove, onDeed, onOpen, onClose }: Offered) {
  const anchor = useRef(menu.anchor);
  anchor.current = menu.anchor;
  const { view, error } = useIncident(menu.id);
  const choose = (key: string) => {
    if (view === undefined) return;
    onClose();
    const move = view.moves.find((one) => `move:${one.to}` === key);
    const offer = view.offers.find((one) => one.verb === key);
    if (move) onMove(view, move);
    else if (offer) onDeed(view, offer);
    else onOpen(menu.id);
  };
  const moveBy = (key: string) => {
    const to = /^[1-6]$/.test(key) ? columns[Number(key)] : undefined;
    if (to !== undefined) choose(`move:${to.column}`);
    return to !== undefined;
  };
  const digit = (event: React.KeyboardEvent) => {
    if (!moveBy(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const isRead = view !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it was typed once, for the record as it was read
  useLayoutEffect(() => {
    if (!isRead) return;
    const [first = ""] = typed.current;
    typed.current = "";
    moveBy(first);
  }, [isRead]);
  return (
    <Popover
      triggerRef={anchor}
      isOpen
      aria-label="Actions"
      onOpenChange={(open) => !open && onClose()}
      placement="bottom end"
      className={styles.popover ?? ""}
    >
      {view === undefined ? (
        <div className={styles.wait}>
          <p>{error?.message ?? "Reading the record …"}</p>
          <div className="unseen">
            <TypingAhead title="Actions" typed={typed} onLeave={onClose} />
          </div>
        </div>
      ) : (
        <div role="presentation" onKeyDownCapture={digit}>
          <Menu
            aria-label={`Actions for ${view.card.label}`}
            autoFocus="first"
            className={styles.menu ?? ""}
            onAction={(key) => choose(String(key))}
          >
            <Moves view={view} columns={columns} />
            {menu.part === "all" && <MenuDeeds deeds={deedsOf(view)} open />}
            {menu.part === "all" && <MenuDeeds deeds={deedsOf(view)} open={false} />}
          </Menu>
        </div>
      )}
    </Popover>
  );
}

function Moves({ view, columns }: { view: IncidentView; columns: readonly ColumnHead[] }) {
  return (
    <MenuSection>
      <Header className={styles.header ?? ""}>Move {view.card.label} to</Header>
      {columns.map(({ column, name }, index) => {
        const move = view.moves.find((one) => one.to === column);
        if (index === 0 || move === undefined) return null;
        const welcome = welcomeOf(move, view.card.column);
        return (
          <MenuItem
            key={column}
            id={`move:${column}`}
            textValue={name}
            isDisabled={welcome.kind === "here" || welcome.kind === "closed"}
            className={styles.item ?? ""}
          >
            <span>{name}</span>
            <span className={styles.why}>{welcome.kind === "here" ? "it is here" : welcome.words}</span>
            <Keys keys={String(index)} />
          </MenuItem>
        );
      })}
    </MenuSection>
  );
}

function deedsOf(view: IncidentView): readonly MenuDeed[] {
  return INCIDENT_DEEDS.flatMap((deed) => {
    const offer = view.offers.find((one) => one.verb === deed.verb);
    return offer === undefined ? [] : [{ deed, label: offer.label, refusal: offer.refusal }];
  });
}
