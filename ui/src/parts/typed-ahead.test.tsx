import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { TypingAhead } from "./typed-ahead";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it("says what is loading where that takes long, and leaves the focus and the words in the field", () => {
  const typed = { current: "" };
  render(<TypingAhead title="Add note" typed={typed} onLeave={() => undefined} />);
  const field = screen.getByRole<HTMLInputElement>("textbox", { name: "Add note" });
  const status = screen.getByRole("status");
  act(() => void vi.advanceTimersByTime(199));
  expect(status.textContent).toBe("");
  fireEvent.change(field, { target: { value: "cable" } });
  act(() => void vi.advanceTimersByTime(1));
  expect(status.textContent).toBe("Add note: loading …");
  expect(document.activeElement).toBe(field);
  expect([field.value, typed.current]).toEqual(["cable", "cable"]);
});
