import { cleanup, renderHook, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Answered, Call, Choice, Naming, PersonId } from "../bindings";
import { addNote } from "../commands/add-note";
import type { Deed, Values } from "../commands/deed";
import { escalate } from "../commands/escalate";
import { openReview } from "../commands/open-review";
import { openDoor } from "../door";
import { readEverything, readSession } from "../records/reading";
import { records } from "../records/records";
import { InventedDesk } from "../testing/desk";
import { incident, NOW } from "../testing/ground";
import { world } from "../testing/world";
import { fieldsOf } from "./about";
import { useGround } from "./use-ground";

/** Whom this desk lists for a place: one name, which says what was asked. */
const told = (naming: Naming): Choice<PersonId>[] => {
  const name = naming.naming === "escalated_to" ? naming.path : naming.naming;
  return [{ value: `person-${name}`, name, hint: "" }];
};

class ListingDesk extends InventedDesk {
  override async ask(call: Call): Promise<Answered> {
    const answer = await super.ask(call);
    return call.call === "nameable" ? { call: "nameable", value: call.places.map(told) } : answer;
  }
}

let desk: ListingDesk;

beforeEach(async () => {
  desk = new ListingDesk(world(3, () => NOW));
  openDoor(desk);
  await readSession();
  await readEverything();
  await waitFor(() => expect(records.choices).not.toBeNull());
});

afterEach(cleanup);

const subject = { on: "incident", view: incident() } as const;
const asked = () => desk.asked.filter((call) => call.call === "nameable");

function drawn(deed: Deed, values: Values = {}) {
  const deeds = [deed];
  return renderHook(({ given }) => useGround(deeds, subject, NOW, { [deed.verb]: given }), {
    initialProps: { given: values },
  });
}

describe("whom a form lists", () => {
  it("is what the desk said, before the form is shown", async () => {
    const form = drawn(openReview);
    expect(form.result.current).toBeUndefined();
    await waitFor(() => expect(form.result.current).toBeDefined());
    const ground = form.result.current;
    const fields = ground && fieldsOf(openReview, subject, ground, {});
    expect(fields?.map((field) => field.kind === "choice" && field.options)).toContainEqual([
      { value: "person-convened", name: "convened", hint: "" },
    ]);
  });

  it("follows the answer that it hangs on, and nobody is listed before that", async () => {
    const form = drawn(escalate);
    const listed = (given: Values) => {
      const ground = form.result.current;
      const [, to] = ground === undefined ? [] : fieldsOf(escalate, subject, ground, given);
      return to?.kind === "choice" ? to.options.map((option) => option.name) : undefined;
    };
    expect(listed({})).toEqual([]);
    for (const path of ["technical", "managerial"]) {
      form.rerender({ given: { path } });
      expect(form.result.current, "a form that is shown stays").toBeDefined();
      await waitFor(() => expect(listed({ path })).toEqual([path]));
    }
    expect(asked()).toHaveLength(2);
  });

  it("is not asked where a form names nobody", () => {
    expect(drawn(addNote).result.current).toBeDefined();
    expect(asked()).toEqual([]);
  });
});
