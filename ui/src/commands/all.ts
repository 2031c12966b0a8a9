// Every verb that people have, in the order of the lifecycle.
import type { Verb } from "../bindings";
import { acceptAssignment } from "./accept-assignment";
import { acceptMajorRole } from "./accept-major-role";
import { acceptSignal } from "./accept-signal";
import { acknowledgeEscalation } from "./acknowledge-escalation";
import { addAction } from "./add-action";
import { addMember } from "./add-member";
import { addNote } from "./add-note";
import { agreeLowering } from "./agree-lowering";
import { amendException } from "./amend-exception";
import { answerException } from "./answer-exception";
import { answerFinding } from "./answer-finding";
import { answerForecast } from "./answer-forecast";
import { answerResourceRequest } from "./answer-resource-request";
import { answerViolation } from "./answer-violation";
import { applyWorkaround } from "./apply-workaround";
import { approveException } from "./approve-exception";
import { approveMessage } from "./approve-message";
import { askForecast } from "./ask-forecast";
import { askSurvey } from "./ask-survey";
import { assess } from "./assess";
import { assign } from "./assign";
import { assignMajorRole } from "./assign-major-role";
import { attest } from "./attest";
import { breakGlass } from "./break-glass";
import { briefManagement } from "./brief-management";
import { callRoll } from "./call-roll";
import { cancel } from "./cancel";
import { categorise } from "./categorise";
import { changeReviewer } from "./change-reviewer";
import { chaseVendor } from "./chase-vendor";
import { checkTask } from "./check-task";
import { close } from "./close";
import { closeAudit } from "./close-audit";
import { closeBridge } from "./close-bridge";
import { closeFinding } from "./close-finding";
import { closeReview } from "./close-review";
import { closeSuspicion } from "./close-suspicion";
import { completeReview } from "./complete-review";
import { confirmRestoration } from "./confirm-restoration";
import { considerBreach } from "./consider-breach";
import { decideViolation } from "./decide-violation";
import { declareMajor } from "./declare-major";
import { declineException } from "./decline-exception";
import { declineLowering } from "./decline-lowering";
import { declineMajor } from "./decline-major";
import type { Deed, DeskDeed, IncidentDeed, RecordDeed, SignalDeed } from "./deed";
import { delegateApproval } from "./delegate-approval";
import { dismissSignal } from "./dismiss-signal";
import { drawSample } from "./draw-sample";
import { escalate } from "./escalate";
import { explainBreach } from "./explain-breach";
import { extendReview } from "./extend-review";
import { finishAction } from "./finish-action";
import { giveTask } from "./give-task";
import { identifyClient } from "./identify-client";
import { invokeException } from "./invoke-exception";
import { linkChange } from "./link-change";
import { linkChild } from "./link-child";
import { linkEvidence } from "./link-evidence";
import { linkKnownError } from "./link-known-error";
import { linkProblem } from "./link-problem";
import { logIncident } from "./log-incident";
import { markAttendance } from "./mark-attendance";
import { mergeIncident } from "./merge-incident";
import { mergeSignal } from "./merge-signal";
import { moveToClient } from "./move-to-client";
import { noteSuspicion } from "./note-suspicion";
import { notifyAuthority } from "./notify-authority";
import { openBridge } from "./open-bridge";
import { openReview } from "./open-review";
import { openVendorCase } from "./open-vendor-case";
import { pauseClock } from "./pause-clock";
import { planPermanentFix } from "./plan-permanent-fix";
import { proposeLowering } from "./propose-lowering";
import { proposeMajor } from "./propose-major";
import { proposeViolation } from "./propose-violation";
import { raiseSignal } from "./raise-signal";
import { recordArrival } from "./record-arrival";
import { recordClientReply } from "./record-client-reply";
import { recordDecision } from "./record-decision";
import { recordDelivery } from "./record-delivery";
import { recordDiagnosis } from "./record-diagnosis";
import { recordFinding } from "./record-finding";
import { recordRecurrence } from "./record-recurrence";
import { recordResolutionStep } from "./record-resolution-step";
import { recordSurveyAnswer } from "./record-survey-answer";
import { releaseLine } from "./release-line";
import { removeMember } from "./remove-member";
import { reopen } from "./reopen";
import { reopenAction } from "./reopen-action";
import { replaceSample } from "./replace-sample";
import { reportConditions } from "./report-conditions";
import { reportFinding } from "./report-finding";
import { requestCorrection } from "./request-correction";
import { requestException } from "./request-exception";
import { requestResource } from "./request-resource";
import { resolve } from "./resolve";
import { restoreService } from "./restore-service";
import { resumeClock } from "./resume-clock";
import { returnException } from "./return-exception";
import { returnMessage } from "./return-message";
import { reviewPause } from "./review-pause";
import { reviewRecord } from "./review-record";
import { revokeException } from "./revoke-exception";
import { setSeverity } from "./set-severity";
import { setUrgency } from "./set-urgency";
import { standDownMajor } from "./stand-down-major";
import { startEscalation } from "./start-escalation";
import { suspectBreach } from "./suspect-breach";
import { switchAgreement } from "./switch-agreement";
import { tellClient } from "./tell-client";
import { undoMerge } from "./undo-merge";
import { unlinkChild } from "./unlink-child";
import { updateInternally } from "./update-internally";
import { upholdAction } from "./uphold-action";
import { vendorAnswered } from "./vendor-answered";
import { verifyAction } from "./verify-action";
import { writeReview } from "./write-review";

export const DESK_DEEDS: readonly DeskDeed[] = [
  logIncident,
  raiseSignal,
  attest,
  requestException,
  breakGlass,
  delegateApproval,
  proposeViolation,
  drawSample,
];

/** On records that are chosen in the form. */
export const RECORD_DEEDS: readonly RecordDeed[] = [
  addMember,
  removeMember,
  noteSuspicion,
  notifyAuthority,
  closeSuspicion,
  releaseLine,
  amendException,
  approveException,
  declineException,
  returnException,
  answerException,
  revokeException,
  invokeException,
  extendReview,
  writeReview,
  completeReview,
  closeReview,
  addAction,
  finishAction,
  verifyAction,
  reopenAction,
  upholdAction,
  answerViolation,
  decideViolation,
  replaceSample,
  changeReviewer,
  reviewRecord,
  reportFinding,
  answerFinding,
  closeFinding,
  closeAudit,
];

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
  startEscalation,
  acknowledgeEscalation,
  askForecast,
  answerForecast,
  pauseClock,
  resumeClock,
  restoreService,
  resolve,
  tellClient,
  approveMessage,
  returnMessage,
  recordDelivery,
  recordClientReply,
  updateInternally,
  confirmRestoration,
  identifyClient,
  moveToClient,
  considerBreach,
  explainBreach,
  linkEvidence,
  requestCorrection,
  planPermanentFix,
  close,
  askSurvey,
  recordSurveyAnswer,
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

export const ALL_DEEDS: readonly Deed[] = [
  ...DESK_DEEDS,
  ...RECORD_DEEDS,
  ...SIGNAL_DEEDS,
  ...INCIDENT_DEEDS,
];

/** The verbs of the server and of administrators: no screen offers them. */
export type OffScreen =
  | "record_alert"
  | "record_breach"
  | "record_cap"
  | "advance_escalation"
  | "auto_close"
  | "lapse_exception"
  | "expire_exception"
  | "configure";

/** The deed of a verb on incidents. */
export function incidentDeed(verb: Verb): IncidentDeed | undefined {
  return INCIDENT_DEEDS.find((deed) => deed.verb === verb);
}
