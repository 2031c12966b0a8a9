// Ending the desk: alarms end with it, what waits unsent stays on this computer.
import { call } from "../door";

/** Ends the desk, which may be gone before it has answered; the page goes with its window. */
export function quit(): void {
  call("quit", {}).catch(() => undefined);
}
