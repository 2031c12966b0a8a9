// A typed date and time as text: `2026-11-26T17:00`. Either part may still be missing; no zone is known here.
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{2}:\d{2}$/;

/** A date and a time of day; empty where one is missing. */
export interface WallTime {
  readonly day: string;
  readonly time: string;
}

/** Its parts; what is no date or time is missing. */
export function partsOf(text: string): WallTime {
  const [day = "", time = ""] = text.split("T");
  return { day: DAY.test(day) ? day : "", time: TIME.test(time) ? time : "" };
}

/** The text of its parts; empty where there is none. */
export function textOf({ day, time }: WallTime): string {
  return day === "" && time === "" ? "" : `${day}T${time}`;
}

/** `26 Nov`, and with its year where that is not the given one. */
export function dayName(day: string, year: string): string {
  const [its = "", month = "1", date = "1"] = day.split("-");
  const name = `${Number(date)} ${MONTHS[Number(month) - 1] ?? ""}`;
  return its === year ? name : `${name} ${its}`;
}
