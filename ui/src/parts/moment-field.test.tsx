import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { focusFirstGap } from "./fields";
import { MomentField } from "./moment-field";

function Asking({ first = "" }: { first?: string }) {
  const [value, setValue] = useState(first);
  return (
    <form>
      <MomentField
        name="until"
        label="Until when?"
        today="2026-11-26"
        zone="Europe/Berlin"
        value={value}
        onChange={setValue}
      />
      <output>{value}</output>
    </form>
  );
}

/** Counts a part up by its arrow key. */
function count(of: "Date" | "Time", index: number): void {
  const part = within(screen.getByRole("group", { name: of })).getAllByRole("spinbutton")[index];
  if (part !== undefined) fireEvent.keyDown(part, { key: "ArrowUp" });
}

const said = () => document.querySelector("output")?.textContent;

afterEach(cleanup);

describe("a question for a moment", () => {
  it("begins at the hour of today, and is an answer once both parts are there", () => {
    // The invented document tells of its own selection without end.
    vi.spyOn(Selection.prototype, "collapse").mockImplementation(() => undefined);
    render(<Asking />);
    focusFirstGap(document.querySelector("form"));
    expect(document.activeElement?.getAttribute("aria-label")).toMatch(/^hour/);
    count("Time", 0);
    expect(said()).toBe("");
    count("Time", 1);
    expect(said()).toMatch(/^2026-11-26T\d\d:\d\d$/);
  });

  it("keeps the time when the day changes", () => {
    render(<Asking first="2026-11-26T17:05" />);
    count("Date", 0);
    count("Date", 0);
    expect(said()).toBe("2026-11-28T17:05");
    expect(screen.getByText("28 Nov Europe/Berlin")).toBeTruthy();
  });

  it("says its label, its zone, and what is wrong, to the ear as well", () => {
    render(
      <MomentField
        name="until"
        label="Until when?"
        today="2026-11-26"
        zone="Europe/Berlin"
        value=""
        wrong="Give the time of day as well."
        onChange={() => undefined}
      />,
    );
    const asked = screen.getByRole("group", { name: "Until when?" });
    expect(within(asked).getByText("26 Nov Europe/Berlin")).toBeTruthy();
    const note = asked.getAttribute("aria-describedby") ?? "";
    expect(document.getElementById(note)?.textContent).toBe("Give the time of day as well.");
  });
});
