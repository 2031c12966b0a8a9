// Every verb that people have, in the order of the lifecycle.
import type { Verb } from "../bindings";
import { acceptAssignment } from "./accept-assignment";
import { acceptMajorRole } from "./accept-major-role";
import { acceptSignal } from "./accept-signal";
import { addMember } from "./add-member";
import { addNote } from "./add-note";
import { agreeLowering } from "./agree-lowering";
import { answerResourceRequest } from "./answer-resource-request";
import { acknowledgeEscalation } from "./acknowledge-escalation";
import { answerForecast } from "./answer-forecast";
import { applyWorkaround } from "./apply-workaround";
import { askForecast } from "./ask-forecast";
import { addAction } from "./add-action";
import { amendException } from "./amend-exception";
import { answerException } from "./answer-exception";
import { answerFinding } from "./answer-finding";
import { answerViolation } from "./answer-violation";
import { approveException } from "./approve-exception";
import { assess } from "./assess";
import { assign } from "./assign";
import { assignMajorRole } from "./assign-major-role";
import { briefManagement } from "./brief-management";
import { callRoll } from "./call-roll";
import { attest } from "./attest";
import { breakGlass } from "./break-glass";
import { cancel } from "./cancel";
import { categorise } from "./categorise";
import { chaseVendor } from "./chase-vendor";
import { checkTask } from "./check-task";
import { close } from "./close";
import { closeBridge } from "./close-bridge";
import { closeSuspicion } from "./close-suspicion";
import { confirmRestoration } from "./confirm-restoration";
import { declareMajor } from "./declare-major";
import { declineLowering } from "./decline-lowering";
import { declineMajor } from "./decline-major";
import { closeAudit } from "./close-audit";
import { closeFinding } from "./close-finding";
import { closeReview } from "./close-review";
import { completeReview } from "./complete-review";
import { decideViolation } from "./decide-violation";
import { declineException } from "./decline-exception";
import type { Deed, DeskDeed, IncidentDeed, SignalDeed } from "./deed";
import { delegateApproval } from "./delegate-approval";
import { dismissSignal } from "./dismiss-signal";
import { drawSample } from "./draw-sample";
import { escalate } from "./escalate";
import { giveTask } from "./give-task";
import { linkChange } from "./link-change";
import { linkChild } from "./link-child";
import { linkKnownError } from "./link-known-error";
import { linkProblem } from "./link-problem";
import { extendReview } from "./extend-review";
import { finishAction } from "./finish-action";
import { invokeException } from "./invoke-exception";
import { logIncident } from "./log-incident";
import { markAttendance } from "./mark-attendance";
import { mergeIncident } from "./merge-incident";
import { mergeSignal } from "./merge-signal";
import { noteSuspicion } from "./note-suspicion";
import { notifyAuthority } from "./notify-authority";
import { openBridge } from "./open-bridge";
import { openVendorCase } from "./open-vendor-case";
import { pauseClock } from "./pause-clock";
import { proposeLowering } from "./propose-lowering";
import { proposeMajor } from "./propose-major";
import { openReview } from "./open-review";
import { proposeViolation } from "./propose-violation";
import { raiseSignal } from "./raise-signal";
import { recordArrival } from "./record-arrival";
import { recordDecision } from "./record-decision";
import { recordDiagnosis } from "./record-diagnosis";
import { recordFinding } from "./record-finding";
import { reportFinding } from "./report-finding";
import { recordRecurrence } from "./record-recurrence";
import { recordResolutionStep } from "./record-resolution-step";
import { releaseLine } from "./release-line";
import { removeMember } from "./remove-member";
import { reopen } from "./reopen";
import { reportConditions } from "./report-conditions";
import { requestResource } from "./request-resource";
import { reopenAction } from "./reopen-action";
import { replaceSample } from "./replace-sample";
import { requestException } from "./request-exception";
import { resolve } from "./resolve";
import { restoreService } from "./restore-service";
import { resumeClock } from "./resume-clock";
import { reviewPause } from "./review-pause";
import { setSeverity } from "./set-severity";
import { setUrgency } from "./set-urgency";
import { standDownMajor } from "./stand-down-major";
import { suspectBreach } from "./suspect-breach";
import { switchAgreement } from "./switch-agreement";
import { undoMerge } from "./undo-merge";
import { unlinkChild } from "./unlink-child";
import { vendorAnswered } from "./vendor-answered";
import { returnException } from "./return-exception";
import { reviewRecord } from "./review-record";
import { revokeException } from "./revoke-exception";
import { upholdAction } from "./uphold-action";
import { verifyAction } from "./verify-action";
import { writeReview } from "./write-review";

export const DESK_DEEDS: readonly DeskDeed[] = [
  logIncident,
  raiseSignal,
  addMember,
  removeMember,
  noteSuspicion,
  notifyAuthority,
  closeSuspicion,
  releaseLine,
  requestException,
  breakGlass,
  amendException,
  approveException,
  declineException,
  returnException,
  answerException,
  revokeException,
  invokeException,
  delegateApproval,
  extendReview,
  writeReview,
  completeReview,
  closeReview,
  addAction,
  finishAction,
  verifyAction,
  reopenAction,
  upholdAction,
  proposeViolation,
  answerViolation,
  decideViolation,
  drawSample,
  replaceSample,
  reviewRecord,
  reportFinding,
  answerFinding,
  closeFinding,
  closeAudit,
];
import { startEscalation } from "./start-escalation";

export const DESK_DEEDS: readonly DeskDeed[] = [logIncident, raiseSignal, attest];

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
  switchAgreement,
  reviewPause,
  setUrgency,
  addNote,
  recordDiagnosis,
  applyWorkaround,
  recordResolutionStep,
  escalate,
  switchAgreement,
  startEscalation,
  acknowledgeEscalation,
  askForecast,
  answerForecast,
  pauseClock,
  resumeClock,
  restoreService,
  resolve,
  confirmRestoration,
  close,
  reopen,
  cancel,
  proposeMajor,
  declareMajor,
  declineMajor,
  standDownMajor,
  assignMajorRole,
  acceptMajorRole,
  openBridge,
  markAttendance,
  callRoll,
  closeBridge,
  reportConditions,
  recordFinding,
  recordDecision,
  giveTask,
  checkTask,
  requestResource,
  answerResourceRequest,
  recordArrival,
  briefManagement,
  linkChild,
  unlinkChild,
  mergeIncident,
  undoMerge,
  linkChange,
  linkProblem,
  linkKnownError,
  openVendorCase,
  chaseVendor,
  vendorAnswered,
  suspectBreach,
  openReview,
  recordRecurrence,
];

export const ALL_DEEDS: readonly Deed[] = [...DESK_DEEDS, ...SIGNAL_DEEDS, ...INCIDENT_DEEDS];

/** The verbs of the server and of administrators: no screen offers them. */
export type OffScreen = "record_alert" | "record_breach" | "configure" | "advance_escalation";
export type OffScreen = "lapse_exception" | "record_alert" | "record_breach" | "configure";

/** The deed of a verb on incidents. */
export function incidentDeed(verb: Verb): IncidentDeed | undefined {
  return INCIDENT_DEEDS.find((deed) => deed.verb === verb);
}
