// What happens on a page and when, noted by the page itself: no reading by the driver is in the measure.

/** Notes the instant at which something first matches `css` and holds `text`. */
export async function watchFor(desk, name, css, text) {
  await desk.page(
    (called, selector, words) => {
      window.endToEnd ??= {};
      window.endToEnd[called] = undefined;
      const look = () => {
        const found = [...document.querySelectorAll(selector)].some((one) => (one.innerText || one.textContent).includes(words));
        if (!found) return;
        window.endToEnd[called] = Date.now();
        observer.disconnect();
      };
      const observer = new MutationObserver(look);
      observer.observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true });
      look();
    },
    name,
    css,
    text,
  );
}

/** Waits until it was noted, and gives the instant. */
export async function noted(desk, name) {
  return desk.until((called) => window.endToEnd?.[called], [name], `${name} to be seen`);
}

/** Notes the instant of the last key that the page got. */
export async function watchKeys(desk) {
  await desk.page(() => {
    window.endToEnd ??= {};
    addEventListener("keydown", () => (window.endToEnd.key = Date.now()), { capture: true });
  });
}

export async function lastKey(desk) {
  return desk.page(() => window.endToEnd?.key);
}

/** Asks the desk's door, as the screen does; only to look, never to act. */
export async function ask(desk, call) {
  return desk.window.executeAsyncScript(
    `const [call, done] = arguments;
     window.__TAURI_INTERNALS__.invoke("door", { call }).then((answer) => done({ answer }), (error) => done({ error }));`,
    call,
  ).then(({ answer, error }) => {
    if (error) throw new Error(`the door answered ${JSON.stringify(error)}`);
    return answer.value;
  });
}

/** Shows the screen light or dark, by the same switch that the preference uses. */
export async function theme(desk, mode) {
  await desk.page((wanted) => {
    document.documentElement.dataset.theme = wanted;
  }, mode);
  await desk.until((wanted) => document.documentElement.dataset.theme === wanted, [mode], `the ${mode} theme`);
}
