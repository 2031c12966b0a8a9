// The line at the bottom: how the desk stands with its server. It never claims more than is known.
import type { Local, SyncView, Timestamp } from "../../bindings";
import { call } from "../../door";
import { nearTime, useClock, wall } from "../../parts/clock";
import { useSync, useTopic } from "../../records/hooks";
import { records } from "../../records/records";
import { hrefOf } from "../../route";
import styles from "./status-bar.module.css";

const STALE_MS = 60_000;

/** The bar. */
export function StatusBar() {
  const sync = useSync();
  const open = useTopic("line", () => records.lineOpen);
  const waiting = useTopic("held", () => (records.held ? records.waiting : null));
  return (
    <footer className={styles.bar}>
      {sync !== null && <Line sync={sync} open={open} />}
      {sync !== null && sync.attention > 0 && (
        <a className={styles.attention} href={hrefOf({ at: "attention" })}>
          {sync.attention} refused, need a look
        </a>
      )}
      {sync !== null && sync.unshown > 0 && (
        <span className={styles.part} role="alert">
          {missed(sync.unshown)}
        </span>
      )}
      {waiting !== null && (
        <span className={styles.frozen}>Motion frozen{waiting > 0 && `, ${waiting} changes wait`} · F8</span>
      )}
      <WallClock />
    </footer>
  );
}

function Line({ sync, open }: { sync: SyncView; open: boolean }) {
  const asOf = useClock((now) => {
    const old = writtenAsOf(sync, now);
    return old === null ? "" : nearTime(old);
  });
  const state = !open ? "lost" : asOf !== "" && sync.link === "live" ? "stale" : sync.link;
  return (
    <p className={styles.line} role="status" data-state={state}>
      <span className={styles.dot} aria-hidden="true" />
      <span>{words(sync, open)}</span>
      {asOf !== "" && <span>as of {asOf}</span>}
      {sync.unsent > 0 && <span className={styles.part}>{sync.unsent} unsent</span>}
      {sync.sending > 0 && <span className={styles.part}>{sync.sending} sending</span>}
      {sync.filling !== null && (
        <span className={styles.part}>filling, {sync.filling.toLocaleString("en")} left</span>
      )}
      {sync.link === "offline" && (
        <button
          type="button"
          className={styles.retry}
          onClick={() => void call("retry_now", {}).catch(() => undefined)}
        >
          Try now
        </button>
      )}
      {sync.link === "signed_out" && (
        <a className={styles.retry} href={hrefOf({ at: "sign_in" })}>
          Sign in
        </a>
      )}
    </p>
  );
}

/** The server's last word, where what is shown is older than a minute and the line does not say it already. */
export function writtenAsOf({ link, as_of }: SyncView, now: Timestamp): Local | null {
  return as_of !== null && link !== "offline" && now - as_of.instant > STALE_MS ? as_of : null;
}

/** What a person misses whose desktop shows no notifications. */
export function missed(alarms: number): string {
  return `${alarms === 1 ? "1 alarm" : `${alarms} alarms`} not shown: this desktop takes no notifications`;
}

/** The line in words. */
export function words(sync: SyncView, open: boolean): string {
  if (!open) return "The desk on this computer does not answer";
  const since = sync.since === null ? "" : ` since ${nearTime(sync.since)}`;
  switch (sync.link) {
    case "live":
      return "Live";
    case "connecting":
      return "Connecting";
    case "offline":
      return `Offline${since}${sync.reason === null ? "" : ` · ${sync.reason}`}`;
    case "signed_out":
      return "Signed out: sign in to send";
    case "out_of_date":
      return sync.reason ?? "Desk and server are of different versions";
  }
}

function WallClock() {
  const text = useClock((now) => {
    const { time, zone } = wall(now);
    return `${time} ${zone}`;
  });
  return <span className={styles.clock}>{text}</span>;
}
