// A board without cards says what would be here, and the one useful key.
import { nearTime } from "../../parts/clock";
import { KeysInText } from "../../parts/keys";
import { useTopic } from "../../records/hooks";
import { records } from "../../records/records";
import styles from "./board.module.css";
import type { Overview } from "./overview";

/** Nothing where there are cards. */
export function NoCards({ overview }: { overview: Overview }) {
  const read = useTopic("board", () => records.boardRead);
  const filling = useTopic("sync", () => records.sync?.filling ?? null);
  if (overview.total > 0 || !read) return null;
  if (filling !== null) {
    return <p className={styles.empty}>The first records are on their way: {filling} still to come.</p>;
  }
  const last = records.lastClosed;
  return (
    <p className={styles.empty}>
      No open incidents. {last !== null && `Last closed ${nearTime(last)}. `}
      Press <KeysInText keys="c" /> to log one.
    </p>
  );
}
