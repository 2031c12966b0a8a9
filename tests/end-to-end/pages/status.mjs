// The line at the bottom: how the desk stands with its server.

/** Waits until the pill says so, and gives its words. */
export async function seeLine(desk, state, within) {
  const line = () => document.querySelector('footer [role="status"]')?.innerText.replace(/\s+/g, " ");
  return desk.until(
    (wanted) => {
      const pill = document.querySelector('footer [role="status"]');
      return pill?.dataset.state === wanted && pill.innerText.replace(/\s+/g, " ");
    },
    [state],
    `the pill to say ${state}`,
    { within, instead: () => desk.page(line) },
  );
}
