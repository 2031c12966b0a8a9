import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, it } from "vitest";
import { ChoiceField, SeveralField } from "./fields";

const entries = (names: readonly string[]) => names.map((name) => ({ value: name, name, hint: "" }));
const REASONS = entries(["The part was late", "Nobody had the key"]);
const LINES = entries(["line-1", "line-2"]);

function Reason() {
  const [value, setValue] = useState("");
  return <ChoiceField name="reason" label="Reason" entries={REASONS} value={value} onChange={setValue} />;
}

function Lines() {
  const [value, setValue] = useState("");
  return (
    <>
      <SeveralField name="lines" label="Lines" entries={LINES} value={value} onChange={setValue} />
      <output>{value}</output>
    </>
  );
}

const checked = (name: string) => screen.getByLabelText<HTMLInputElement>(name).checked;

afterEach(cleanup);

it("shows a choice as chosen though its value has spaces in it", async () => {
  render(<Reason />);
  await userEvent.setup().click(screen.getByLabelText("The part was late"));
  expect(checked("The part was late")).toBe(true);
  expect(checked("Nobody had the key")).toBe(false);
});

it("keeps several choices apart, and gives each back", async () => {
  const user = userEvent.setup();
  render(<Lines />);
  for (const line of ["line-2", "line-1", "line-2"]) await user.click(screen.getByLabelText(line));
  expect(screen.getByRole("status").textContent).toBe("line-1");
});
