import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { Fallback } from "./fallback";

afterEach(cleanup);

function Page({ broken }: { broken: boolean }) {
  if (broken) throw new Error("Importing a module script failed.");
  return <p>The board</p>;
}

test("a desk that draws is left alone", () => {
  render(
    <Fallback>
      <Page broken={false} />
    </Fallback>,
  );
  expect(screen.getByText("The board")).toBeTruthy();
});

test("a desk that breaks says what was kept, and offers the way back", () => {
  // React tells the console too; that is not what is looked at here.
  const console = vi.spyOn(globalThis.console, "error").mockImplementation(() => undefined);
  render(
    <Fallback>
      <Page broken />
    </Fallback>,
  );
  console.mockRestore();
  expect(screen.getByRole("alert").textContent).toContain("Importing a module script failed");
  expect(screen.getByRole("alert").textContent).toContain("drafts are kept");
  expect(screen.getByRole("button", { name: "Draw the desk again" })).toBeTruthy();
});
