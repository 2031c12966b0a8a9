// What is on screen when drawing itself fails: what happened, what was kept, and the way back.
import { Component, type ReactNode } from "react";
import { Button } from "../parts/button";
import { Refused } from "../parts/refusal";
import styles from "./fallback.module.css";

/** Draws `children`, or the way back where they break; a blank window helps nobody. */
export class Fallback extends Component<
  { readonly children: ReactNode },
  { readonly reason: string | null }
> {
  override state: { readonly reason: string | null } = { reason: null };

  static getDerivedStateFromError(broken: unknown) {
    return { reason: broken instanceof Error ? broken.message : String(broken) };
  }

  override render() {
    const { reason } = this.state;
    if (reason === null) return this.props.children;
    const message = `The screen broke: ${reason} Records, unsent work and drafts are kept on this computer.`;
    return (
      <main className={styles.page}>
        <h1 className={styles.title}>Holdfast</h1>
        <Refused error={{ code: "failed", message, refusal: null }} />
        <Button kind="primary" label="Draw the desk again" onPress={() => location.reload()} />
      </main>
    );
  }
}
