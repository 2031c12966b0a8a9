import { describe, expect, it } from "vitest";
import type { DutyChip } from "../../bindings";
import { chip, local } from "../../testing/world";
import { isSameOverview, type Overview } from "./overview";

const NOW = Date.UTC(2026, 10, 23, 14);

/** Each field of a duty as another might be told. */
const OTHERWISE: { readonly [Field in keyof DutyChip]: DutyChip[Field] } = {
  subject: { on: "review", id: "incident-1" },
  duty: "resolve",
  label: "Resolve",
  due: NOW + 1,
  due_local: local(NOW + 1),
  attention: { watch: NOW, caution: NOW, warning: NOW },
  paused: true,
  person: "person-ivy",
  owner: "Tom Ivy",
  role: "supervisor",
  mine: true,
  clause: "§3.4",
  why: "Because of this.",
  verbs: ["resolve"],
  about: "Review: INC-7",
};

const duty = (): DutyChip => chip("incident-1", "restore", NOW, false, null);
const about = (change: Partial<DutyChip> = {}) => ({
  duty: { ...duty(), ...change },
  others: 1,
  label: "INC-1",
  client: "Acme",
});
const overview = (change: Partial<Overview> = {}): Overview => ({
  total: 3,
  hidden: 1,
  hiddenImminent: 1,
  pressing: { worst: [about()], count: 2 },
  majors: ["incident-1", "incident-2"],
  ...change,
});

describe("whether two overviews say the same", () => {
  it("is asked of what they say, not of which objects they are", () => {
    expect(isSameOverview(overview(), overview())).toBe(true);
  });

  it.each([
    ["total", { total: 4 }],
    ["hidden", { hidden: 2 }],
    ["hiddenImminent", { hiddenImminent: 0 }],
    ["one major fewer", { majors: ["incident-1"] }],
    ["another order", { majors: ["incident-2", "incident-1"] }],
    ["the count of what presses", { pressing: { worst: [about()], count: 3 } }],
    ["one more that presses", { pressing: { worst: [about(), about()], count: 2 } }],
    ["its other duties", { pressing: { worst: [{ ...about(), others: 0 }], count: 2 } }],
    ["its label", { pressing: { worst: [{ ...about(), label: "INC-2" }], count: 2 } }],
    ["its client", { pressing: { worst: [{ ...about(), client: "Fenn" }], count: 2 } }],
  ])("tells another by %s", (_, change) => {
    expect(isSameOverview(overview(), overview(change))).toBe(false);
    expect(isSameOverview(overview(change), overview())).toBe(false);
  });

  it.each(Object.entries(OTHERWISE))("tells another duty by its %s", (field, told) => {
    const other = overview({ pressing: { worst: [about({ [field]: told })], count: 2 } });
    expect(isSameOverview(overview(), other)).toBe(false);
  });
});
