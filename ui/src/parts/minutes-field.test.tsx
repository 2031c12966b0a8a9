import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { MinutesField } from "./minutes-field";

function Asking({ optional }: { optional: boolean }) {
  const [value, setValue] = useState("");
  return (
    <>
      <MinutesField
        name="next"
        label="Next update"
        lies="after"
        moment="14:02"
        opened="14:02"
        usual={[15, 30, 60]}
        optional={optional}
        value={value}
        onChange={setValue}
      />
      <output>{value}</output>
    </>
  );
}

const said = () => document.querySelector("output")?.textContent;
const usual = (name: string) =>
  within(screen.getByRole("group", { name: "Usual: Next update" })).getByRole("button", { name });

afterEach(cleanup);

describe("a question for minutes", () => {
  it("takes a usual number by keyboard, and any other by typing", async () => {
    const user = userEvent.setup();
    render(<Asking optional={false} />);
    await user.click(screen.getByLabelText("Next update"));
    await user.keyboard("{Tab}{Tab}{Enter}");
    expect(document.activeElement).toBe(usual("30 min"));
    expect(said()).toBe("30");
    expect(usual("30 min").getAttribute("aria-pressed")).toBe("true");
    await user.clear(screen.getByLabelText("Next update"));
    await user.type(screen.getByLabelText("Next update"), "45");
    expect(said()).toBe("45");
    expect(usual("30 min").getAttribute("aria-pressed")).toBe("false");
  });

  it("gives a usual number back where none need be given, and only there", async () => {
    const user = userEvent.setup();
    const { unmount } = render(<Asking optional={true} />);
    await user.dblClick(usual("15 min"));
    expect(said()).toBe("");
    unmount();
    render(<Asking optional={false} />);
    await user.dblClick(usual("15 min"));
    expect(said()).toBe("15");
  });
});
