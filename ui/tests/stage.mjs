// Serves the screen on invented records and opens it in the machine's own Chromium.

import { chromium } from "playwright-core";
import { createServer } from "vite";

const BROWSER = process.env.CHROMIUM ?? "/usr/bin/chromium";
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Runs `play` with a function that opens a page, then takes everything down. */
export async function onStage(play) {
  const server = await createServer({
    root: new URL("..", import.meta.url).pathname,
    server: { port: 0, strictPort: false },
    logLevel: "warn",
  });
  await server.listen();
  const address = server.resolvedUrls?.local[0] ?? "";
  const browser = await chromium.launch({ executablePath: BROWSER, args: QUIET });
  try {
    await play(async (place, options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      const page = await context.newPage();
      page.on("pageerror", (error) => {
        throw error;
      });
      await page.goto(`${address}testing.html${place}`);
      await page.waitForSelector("main");
      return page;
    });
  } finally {
    await browser.close();
    await server.close();
  }
}
