// The page before the desk.
import { Key } from "../peers/desk.mjs";
import { fill } from "./form.mjs";

/** Signs in by keyboard, and waits for the board. */
export async function signIn(desk, name, password) {
  await seeSignIn(desk);
  await fill(desk, { Name: name, Password: password });
  await desk.keys(Key.ENTER);
  await desk.until(() => document.querySelector("[data-column]"), [], "the board after signing in");
}

export async function seeSignIn(desk) {
  await desk.until(() => document.querySelector('form input[type="password"]'), [], "the sign-in");
}
