// The composer: an internal note unless another kind is chosen; what is typed is kept until it is sent.
import { useId, useState } from "react";
import type { DoorError, Verb } from "../../bindings";
import { addNote } from "../../commands/add-note";
import { execute } from "../../doing/run";
import { reasonOf } from "../../door";
import { Button } from "../../parts/button";
import { Refused } from "../../parts/refusal";
import { useDraft } from "../../records/drafts";
import styles from "./composer.module.css";

interface Composed {
  readonly id: string;
  readonly label: string;
  readonly onDeed: (verb: Verb) => void;
}

/** The composer of one incident. */
export function Composer({ id, label, onDeed }: Composed) {
  const draft = useDraft(`note:${id}`);
  const [error, setError] = useState<DoorError>();
  const [busy, setBusy] = useState(false);
  const name = useId();
  const commit = async () => {
    if (busy || draft.text.trim() === "") return;
    setBusy(true);
    setError(undefined);
    try {
      await execute(
        { verb: "add_note", incident: id, text: draft.text.trim() },
        `${addNote.label}: ${label}`,
      );
      draft.drop();
    } catch (caught) {
      setError(reasonOf(caught));
    } finally {
      setBusy(false);
    }
  };
  const keys = (event: React.KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Escape") event.currentTarget.blur();
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void commit();
  };
  return (
    <section className={styles.composer} aria-label="Write">
      <label htmlFor={name} className={styles.label}>
        Internal note: never sent to the client
      </label>
      <textarea
        id={name}
        data-place="composer"
        className={styles.text}
        rows={3}
        value={draft.text}
        onChange={(event) => draft.write(event.target.value)}
        onKeyDown={keys}
      />
      {error && <Refused error={error} />}
      <p className={styles.foot}>
        <Button
          kind="primary"
          label={addNote.label}
          keys="mod+enter"
          onPress={commit}
          reason={draft.text.trim() === "" ? "Nothing is written yet." : undefined}
        />
        <Button kind="quiet" label="Diagnosis" icon="magnifier" onPress={() => onDeed("record_diagnosis")} />
        <Button
          kind="quiet"
          label="Resolution step"
          icon="step"
          onPress={() => onDeed("record_resolution_step")}
        />
        <Button kind="quiet" label="Tell client" icon="phone" onPress={() => onDeed("tell_client")} />
        {draft.text !== "" && draft.kept && <span className={styles.kept}>kept on this computer</span>}
      </p>
    </section>
  );
}
