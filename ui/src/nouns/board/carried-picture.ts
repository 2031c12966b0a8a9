// What the pointer carries: WebKitGTK takes a blank picture of a card in its slot, which is contained and moved by a
// transform. The picture is taken of a copy on the page itself, which stands over the card for that one frame.
import { draggable } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";

/** Lets the pointer pick the card up and take its picture along, until the returned function is called. */
export function carriable(element: HTMLElement, id: string): () => void {
  return draggable({
    element,
    getInitialData: () => ({ card: id }),
    onGenerateDragPreview: ({ nativeSetDragImage, location }) => {
      const { left, top } = element.getBoundingClientRect();
      const { clientX, clientY } = location.current.input;
      const picture = pictureOf(element);
      document.body.append(picture);
      nativeSetDragImage?.(picture, clientX - left, clientY - top);
      requestAnimationFrame(() => picture.remove());
    },
  });
}

/** The card where and as large as it is, met by nobody; square, for what a round corner leaves out would be white. */
function pictureOf(card: HTMLElement): HTMLElement {
  const { left, top, width, height } = card.getBoundingClientRect();
  const copy = document.importNode(card, true);
  copy.removeAttribute("data-card");
  copy.inert = true;
  const place = { position: "fixed", left: `${left}px`, top: `${top}px` };
  const size = { width: `${width}px`, height: `${height}px`, borderRadius: "0" };
  Object.assign(copy.style, place, size);
  return copy;
}
