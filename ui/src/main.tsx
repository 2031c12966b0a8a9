// Where the shipped screen begins: it opens the door of its host and draws the desk.
import { start } from "./desk/start";
import { hostTransport } from "./door";

start(hostTransport());
