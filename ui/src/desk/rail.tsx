// The rail on the left: what exists now, each with what I owe there.

import { IconButton } from "../parts/button";
import { Icon, type IconName } from "../parts/icon";
import { Keys } from "../parts/keys";
import { prefer, usePreferences } from "../parts/preferences";
import { useAttention, useOwed, useTopic } from "../records/hooks";
import { records } from "../records/records";
import { hrefOf, type Route } from "../route";
import { Person } from "./person";
import styles from "./rail.module.css";

interface Beginnings {
  readonly route: Route;
  readonly onNew: () => void;
  readonly onPalette: () => void;
  readonly onKeys: () => void;
}

/** The rail. */
export function Rail({ route, onNew, onPalette, onKeys }: Beginnings) {
  const { railCollapsed } = usePreferences();
  const mine = useOwed();
  const signals = useTopic("board", () => records.signals.size);
  const attention = useAttention().length;
  const owed = useTopic(
    "board",
    () => [...records.signals.values()].filter((signal) => signal.duty?.mine === true).length,
  );
  const place = (to: Route, icon: IconName, name: string, badge: number, words: string) => (
    <Place to={to} here={route.at === to.at} icon={icon} name={name} badge={badge} words={words} />
  );
  return (
    <nav className={styles.rail} data-collapsed={railCollapsed || undefined} aria-label="Places">
      <div className={styles.top}>
        <span className={styles.brand}>Holdfast</span>
        <IconButton
          label={railCollapsed ? "Widen the rail" : "Narrow the rail"}
          icon="rail"
          onPress={() => prefer({ railCollapsed: !railCollapsed })}
        />
      </div>
      <button type="button" className={styles.new} onClick={onNew} title="New incident (C)">
        <Icon name="plus" />
        <span className={styles.name}>New incident</span>
        <Keys keys="c" />
      </button>
      <ul className={styles.places}>
        {place({ at: "board" }, "board", "Board", 0, "")}
        {place({ at: "triage", signal: null }, "triage", "Triage", owed || signals, "wait to be logged")}
        {place({ at: "duties" }, "duties", "My work", mine, "duties are mine")}
        {place({ at: "attention" }, "attention", "Attention", attention, "were refused")}
      </ul>
      <div className={styles.bottom}>
        <button
          type="button"
          className={styles.quiet}
          onClick={onPalette}
          title="Commands and search (Ctrl+K)"
        >
          <Icon name="search" />
          <span className={styles.name}>Search</span>
          <Keys keys="mod+k" />
        </button>
        <button type="button" className={styles.quiet} onClick={onKeys} title="Keys and taste (?)">
          <Icon name="key" />
          <span className={styles.name}>Keys</span>
          <Keys keys="?" />
        </button>
        <Person />
      </div>
    </nav>
  );
}

function Place({
  to,
  here,
  icon,
  name,
  badge,
  words,
}: {
  to: Route;
  here: boolean;
  icon: IconName;
  name: string;
  badge: number;
  words: string;
}) {
  return (
    <li>
      <a className={styles.place} href={hrefOf(to)} aria-current={here ? "page" : undefined} title={name}>
        <Icon name={icon} />
        <span className={styles.name}>{name}</span>
        {badge > 0 && (
          <span className={styles.badge} title={`${badge} ${words}`}>
            {badge}
            <span className="unseen"> {words}</span>
          </span>
        )}
      </a>
    </li>
  );
}
