import { fireEvent } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { carriable } from "./carried-picture";

afterEach(() => {
  document.body.innerHTML = "";
});

it("pictures a card by a copy on the page itself, held where the pointer is, and gone in the next frame", async () => {
  document.body.innerHTML = `<ul><li><div data-card="incident-1" class="card">Mail is down</div></li></ul>`;
  const card = document.querySelector<HTMLElement>("[data-card]");
  if (card === null) throw new Error("no card");
  card.getBoundingClientRect = () => new DOMRect(100, 40, 250, 60);
  const dataTransfer = { setDragImage: vi.fn(), setData: vi.fn(), types: [], items: [] };
  const letGo = carriable(card, "incident-1");
  // The invented document's own event of a drag knows no place.
  const start = new MouseEvent("dragstart", { bubbles: true, cancelable: true, clientX: 130, clientY: 50 });
  fireEvent(card, Object.assign(start, { dataTransfer }));
  const [picture, x, y] = dataTransfer.setDragImage.mock.calls[0] ?? [];
  if (!(picture instanceof HTMLElement)) throw new Error("no picture");
  expect([picture.parentElement, picture.textContent, x, y]).toEqual([document.body, "Mail is down", 30, 10]);
  const { position, left, top, width, height } = picture.style;
  expect([position, left, top, width, height]).toEqual(["fixed", "100px", "40px", "250px", "60px"]);
  expect(document.querySelectorAll("[data-card]")).toHaveLength(1);
  await new Promise(requestAnimationFrame);
  expect(picture.isConnected).toBe(false);
  fireEvent.dragEnd(card);
  letGo();
});
