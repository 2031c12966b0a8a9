// A refusal or an error, as a finished piece of writing: what, why, what instead, who may except.
import type { DoorError, Role } from "../bindings";
import styles from "./refusal.module.css";

/** The policy's names of the roles. */
export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  personnel: "any member of staff",
  service_desk: "Service Desk",
  tier2: "Tier 2",
  tier3: "Tier 3",
  incident_manager: "Incident Manager",
  account_manager: "Account Manager",
  supervisor: "Supervisor",
  administrator: "Administrator",
  server: "the server",
};

/** Whether a question itself already says all that is wrong. */
export function saidAtField(trouble: { field: string | null; error: DoorError }): boolean {
  return trouble.field !== null && trouble.error.refusal === null;
}

/** Shown where it happened; what was typed stays. */
export function Refused({ error }: { error: DoorError }) {
  const { refusal } = error;
  if (refusal === null) {
    return (
      <div className={styles.refused} role="alert">
        <p className={styles.what}>{error.message}</p>
      </div>
    );
  }
  return (
    <div className={styles.refused} role="alert">
      <p className={styles.what}>
        {refusal.what} <span className={styles.clause}>{refusal.clause}</span>
      </p>
      <p>{refusal.instead}</p>
      {refusal.exception_by.length > 0 && (
        <p className={styles.clause}>
          An exception (§4.2) may be granted by:{" "}
          {refusal.exception_by.map((role) => ROLE_NAMES[role]).join(", ")}.
        </p>
      )}
    </div>
  );
}
