// Every verb that people have, in the order of the lifecycle.
import type { Verb } from "../bindings";
import { acceptAssignment } from "./accept-assignment";
import { acceptSignal } from "./accept-signal";
import { addNote } from "./add-note";
import { agreeLowering } from "./agree-lowering";
import { applyWorkaround } from "./apply-workaround";
import { assess } from "./assess";
import { assign } from "./assign";
import { cancel } from "./cancel";
import { categorise } from "./categorise";
import { close } from "./close";
import { confirmRestoration } from "./confirm-restoration";
import { declineLowering } from "./decline-lowering";
import type { Deed, DeskDeed, IncidentDeed, SignalDeed } from "./deed";
import { dismissSignal } from "./dismiss-signal";
import { escalate } from "./escalate";
import { logIncident } from "./log-incident";
import { mergeSignal } from "./merge-signal";
import { pauseClock } from "./pause-clock";
import { proposeLowering } from "./propose-lowering";
import { raiseSignal } from "./raise-signal";
import { recordDiagnosis } from "./record-diagnosis";
import { recordResolutionStep } from "./record-resolution-step";
import { reopen } from "./reopen";
import { resolve } from "./resolve";
import { restoreService } from "./restore-service";
import { resumeClock } from "./resume-clock";
import { reviewPause } from "./review-pause";
import { setSeverity } from "./set-severity";
import { setUrgency } from "./set-urgency";
import { switchAgreement } from "./switch-agreement";

export const DESK_DEEDS: readonly DeskDeed[] = [logIncident, raiseSignal];

export const SIGNAL_DEEDS: readonly SignalDeed[] = [acceptSignal, mergeSignal, dismissSignal];

export const INCIDENT_DEEDS: readonly IncidentDeed[] = [
  assess,
  assign,
  acceptAssignment,
  categorise,
  setSeverity,
  proposeLowering,
  agreeLowering,
  declineLowering,
  setUrgency,
  addNote,
  recordDiagnosis,
  applyWorkaround,
  recordResolutionStep,
  escalate,
  switchAgreement,
  pauseClock,
  reviewPause,
  resumeClock,
  restoreService,
  resolve,
  confirmRestoration,
  close,
  reopen,
  cancel,
];

export const ALL_DEEDS: readonly Deed[] = [...DESK_DEEDS, ...SIGNAL_DEEDS, ...INCIDENT_DEEDS];

/** The verbs of the server and of administrators: no screen offers them. */
export type OffScreen = "record_alert" | "record_breach" | "configure";

/** The deed of a verb on incidents. */
export function incidentDeed(verb: Verb): IncidentDeed | undefined {
  return INCIDENT_DEEDS.find((deed) => deed.verb === verb);
}
