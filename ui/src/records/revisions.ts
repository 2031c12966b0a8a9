// Which word on a record is the latest. Answers and pushes come by ways of their own and overtake each other; the
// desk numbers what it draws, and an older word never replaces a newer one.

/** The latest revision of everything that was told. */
export class Revisions {
  readonly #latest = new Map<string, number>();
  /** The whole board was read at this one: it speaks of every record, also of those that it does not name. */
  #whole = 0;

  /** Whether this is no older than what was told of it before; remembered from then on. */
  admits(id: string, revision: number): boolean {
    if (revision < Math.max(this.#latest.get(id) ?? 0, this.#whole)) return false;
    this.#latest.set(id, revision);
    return true;
  }

  /** All is told at once; whether this is no older than when all was told last. */
  whole(revision: number): boolean {
    if (revision < this.#whole) return false;
    this.#whole = revision;
    for (const [id, latest] of this.#latest) if (latest <= revision) this.#latest.delete(id);
    return true;
  }

  /** The line was down, and another run of the desk may count anew: all is read again before anything is compared. */
  forget(): void {
    this.#latest.clear();
    this.#whole = 0;
  }
}
