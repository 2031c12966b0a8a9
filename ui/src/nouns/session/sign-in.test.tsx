import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { SyncView } from "../../bindings";
import { records } from "../../records/records";
import { SignIn } from "./sign-in";

const SIGNED_OUT: SyncView = {
  revision: 0,
  link: "signed_out",
  since: null,
  reason: null,
  as_of: null,
  unsent: 0,
  sending: 0,
  attention: 0,
  filling: null,
  unshown: 0,
  now: null,
  offset_ms: 0,
};

afterEach(cleanup);

describe("sign-in", () => {
  it("says what waits unsent on this computer, however the line stands", () => {
    records.readSync({ ...SIGNED_OUT, unsent: 3 });
    render(<SignIn />);
    expect(screen.getByRole("status").textContent).toContain("3 deeds wait unsent on this computer");
  });

  it("says nothing where nothing waits", () => {
    records.readSync(SIGNED_OUT);
    render(<SignIn />);
    expect(screen.queryByRole("status")).toBeNull();
  });
});
