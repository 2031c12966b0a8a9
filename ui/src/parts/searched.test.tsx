import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { ChoiceField, SeveralField } from "./fields";

const ENTRIES = Array.from({ length: 300 }, (_, n) => ({
  value: `incident-${n}`,
  name: `INC-${1000 + n} Mail is down`,
  hint: n === 299 ? "Dune Hotels" : "Acme Freight",
}));

function One() {
  const [value, setValue] = useState("");
  return (
    <>
      <ChoiceField name="into" label="Into" entries={ENTRIES} value={value} onChange={setValue} />
      <output>{value}</output>
    </>
  );
}

function Any() {
  const [value, setValue] = useState("");
  return (
    <>
      <SeveralField name="with" label="With" entries={ENTRIES} value={value} onChange={setValue} />
      <output>{value}</output>
    </>
  );
}

/** Long lists are drawn and drawn again; a busy machine takes its time for that. */
const PATIENCE_MS = 30_000;

afterEach(cleanup);

describe("a choice from a long list", () => {
  it("lists no more than somebody reads, and finds the rest by words", async () => {
    const user = userEvent.setup();
    render(<One />);
    await user.click(screen.getByRole("combobox", { name: /Into/ }));
    expect(screen.getAllByRole("option")).toHaveLength(50);
    await user.keyboard("dune mail");
    const [only, ...others] = screen.getAllByRole("option");
    expect(others).toEqual([]);
    expect(only?.textContent).toContain("INC-1299");
    await user.keyboard("{ArrowDown}{Enter}");
    expect(screen.getByRole("status").textContent).toBe("incident-299");
    expect(screen.getByRole<HTMLInputElement>("combobox", { name: /Into/ }).value).toBe(
      "INC-1299 Mail is down",
    );
  });

  it(
    "adds one after the other where several may be chosen, and leaves each out again",
    async () => {
      const user = userEvent.setup();
      render(<Any />);
      for (const number of ["1007", "1200"]) {
        await user.click(screen.getByRole("combobox", { name: /With/ }));
        await user.keyboard(`${number}{ArrowDown}{Enter}`);
      }
      expect(screen.getByRole("status").textContent).toBe("incident-7 incident-200");
      await user.click(screen.getByRole("button", { name: "Leave out INC-1007 Mail is down" }));
      expect(screen.getByRole("status").textContent).toBe("incident-200");
    },
    PATIENCE_MS,
  );
});
