// Severity: violet ink, a number and a shape of its own. Never red: red means time.
import type { Severity } from "../bindings";
import styles from "./severity-badge.module.css";

/** The badge; a provisional one is dashed or pale until a person has set it. */
export function SeverityBadge({ severity, provisional }: { severity: Severity; provisional: boolean }) {
  const words = `Severity ${severity}${provisional ? ", provisional" : ""}`;
  return (
    <span
      className={styles.badge}
      role="img"
      aria-label={words}
      title={words}
      data-severity={severity}
      data-provisional={provisional || undefined}
    >
      {severity}
    </span>
  );
}
