// Delegate approval: somebody decides in my place while I am away (§4.2).
import { type DeskDeed, gap, options, said } from "./deed";
import { instantOf, momentAhead } from "./moment";
import { saidIfAny } from "./record";
import { whomField } from "./whom";

export const delegateApproval: DeskDeed = {
  on: "desk",
  verb: "delegate_approval",
  label: "Delegate approval",
  keywords: ["absence", "deputy", "stand in"],
  icon: "hand",
  keys: null,
  fields: (ground) => [
    whomField(ground, { naming: "delegate" }, "to", "To"),
    momentAhead("until", "Until when?"),
    {
      kind: "choice",
      name: "client",
      label: "For one client alone",
      options: options(ground.choices.clients),
      optional: true,
    },
  ],
  build: (values, _, fresh) => {
    if (values.to === undefined) return gap("to", "Choose a colleague.");
    return {
      command: {
        verb: "delegate_approval",
        delegation: fresh,
        to: said(values, "to"),
        until: instantOf(values, "until"),
        client: saidIfAny(values, "client"),
      },
    };
  },
};
