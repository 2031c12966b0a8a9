// A button that can say why it is off: it stays focusable, and its reason is read with it.
import { useId } from "react";
import styles from "./button.module.css";
import { Icon, type IconName } from "./icon";
import { Keys } from "./keys";

interface Pressable {
  readonly label: string;
  readonly icon?: IconName;
  readonly keys?: string | undefined;
  /** Why it cannot be done now; absent where it can. */
  readonly reason?: string | undefined;
  readonly kind?: "plain" | "primary" | "quiet";
  readonly onPress: () => void;
}

/** A labelled button, with its key printed on it. */
export function Button({ label, icon, keys, reason, kind = "plain", onPress }: Pressable) {
  const why = useId();
  const off = reason !== undefined;
  return (
    <button
      type="button"
      className={styles.button}
      data-kind={kind}
      aria-disabled={off || undefined}
      aria-describedby={off ? why : undefined}
      title={reason}
      onClick={off ? undefined : onPress}
    >
      {icon && <Icon name={icon} />}
      <span className={styles.label}>{label}</span>
      {keys && <Keys keys={keys} />}
      {off && (
        <span id={why} className="unseen">
          {reason}
        </span>
      )}
    </button>
  );
}

/** A square button with an icon; its label is its name and its tooltip. */
export function IconButton({
  label,
  icon,
  onPress,
  pressed,
}: {
  label: string;
  icon: IconName;
  onPress: () => void;
  pressed?: boolean;
}) {
  return (
    <button
      type="button"
      className={styles.square}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      onClick={onPress}
    >
      <Icon name={icon} />
    </button>
  );
}
