// 16-px line icons of 1.5 px, drawn here; each has an outline of its own.
import type { ReactNode } from "react";

const SHAPES = {
  board: <path d="M2.75 2.75h3v10.5h-3zM6.75 2.75h3v7h-3zM10.75 2.75h2.5v4.5h-2.5z" />,
  triage: <path d="M2.75 9.25 4.5 3.25h7l1.75 6v4H2.75zM2.75 9.25h3l1 1.75h2.5l1-1.75h3" />,
  duties: (
    <path d="M2.75 4.25 4 5.5l2-2.5M8.5 4.25h5M2.75 8.5 4 9.75l2-2.5M8.5 8.5h5M8.5 12.5h5M3.5 12.5h1" />
  ),
  attention: <path d="M8 2.25 14 13H2zM8 6.25v3.25M8 11.25v.25" />,
  plus: <path d="M8 3v10M3 8h10" />,
  search: <path d="M7 2.75a4.25 4.25 0 1 0 0 8.5 4.25 4.25 0 0 0 0-8.5zM10.25 10.25l3 3" />,
  more: <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth={2.25} strokeLinecap="round" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  rail: <path d="M2.75 3.25h10.5v9.5H2.75zM6 3.25v9.5" />,
  chevron: <path d="m6 4 4 4-4 4" />,
  down: <path d="m4 6 4 4 4-4" />,
  tag: <path d="M2.75 2.75h5l5.5 5.5-5 5-5.5-5.5zM5.5 5.5h.01" />,
  gauge: <path d="M2.75 11.5a5.25 5.25 0 1 1 10.5 0M8 11.5l2.5-4" />,
  hourglass: <path d="M4 2.75h8M4 13.25h8M4.75 2.75c0 3 6.5 7.5 6.5 10.5M11.25 2.75c0 3-6.5 7.5-6.5 10.5" />,
  pencil: <path d="m3 13 .75-3L11 2.75 13.25 5 6 12.25z" />,
  person: <path d="M8 2.75a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM3 13.25c.5-2.5 2.5-3.5 5-3.5s4.5 1 5 3.5" />,
  hand: <path d="M4.5 8V4.5M6.5 7.5V3M8.5 7.5V3M10.5 8V4M4.5 8 3.25 9c0 3 2 4.25 4.5 4.25 2 0 4-1 4-4V6" />,
  note: <path d="M3.25 2.75h9.5v7l-3.5 3.5h-6zM9.25 13v-3.5h3.5" />,
  magnifier: <path d="M7 2.75a4.25 4.25 0 1 0 0 8.5 4.25 4.25 0 0 0 0-8.5zM10.25 10.25l3 3M5 7h4M7 5v4" />,
  bandage: <path d="m3 9 6-6 4 4-6 6zM7 7l2 2M5.5 8.5l2 2M8.5 5.5l2 2" />,
  step: <path d="M2.75 12.75h3.5v-3h3.5v-3h3.5" />,
  restore: <path d="M13 8a5 5 0 1 1-1.75-3.75M13 2.75v3h-3" />,
  check: <path d="m3 8.5 3.25 3.25L13 4.75" />,
  phone: <path d="M3 3.25 5.5 2.75l1.25 3-1.5 1a6 6 0 0 0 4 4l1-1.5 3 1.25-.5 2.5C7 13.5 2.5 9 3 3.25z" />,
  archive: <path d="M2.75 3.25h10.5v3H2.75zM3.75 6.25v6.5h8.5v-6.5M6.5 9h3" />,
  undo: <path d="M5.5 3 2.75 5.75 5.5 8.5M2.75 5.75h6.5a3.75 3.75 0 0 1 0 7.5h-3" />,
  ban: <path d="M8 2.75a5.25 5.25 0 1 0 0 10.5 5.25 5.25 0 0 0 0-10.5zM4.25 4.25l7.5 7.5" />,
  up: <path d="M8 13V3.25M4 7l4-4 4 4" />,
  pause: <path d="M5.5 3.25v9.5M10.5 3.25v9.5" />,
  play: <path d="M4.5 3v10l8-5z" />,
  merge: <path d="M3.5 3c0 4 4.5 3.5 4.5 7v3M12.5 3C12.5 7 8 6.5 8 10M6 11l2 2 2-2" />,
  signal: <path d="M8 12.5v.01M5.5 10a3.5 3.5 0 0 1 5 0M3.25 7.5a6.75 6.75 0 0 1 9.5 0" />,
  link: <path d="M6.5 9.5l3-3M7 5l1.5-1.5a2.5 2.5 0 0 1 4 4L11 9M9 11l-1.5 1.5a2.5 2.5 0 0 1-4-4L5 7" />,
  key: <path d="M2.75 4.25h10.5v7.5H2.75zM5 6.75h.01M8 6.75h.01M11 6.75h.01M5 9.5h6" />,
  unsent: <path d="M8 13V6M5 8.5 8 5.5l3 3M3 2.75h10" />,
  major: <path d="M8.75 1.75 3.5 9h4l-.75 5.25L12.5 7h-4z" />,
  power: <path d="M8 2.25v5.5M5 4.25a4.75 4.75 0 1 0 6 0" />,
  lock: <path d="M3.75 7.25h8.5v6h-8.5zM5.5 7.25V5a2.5 2.5 0 0 1 5 0v2.25" />,
} as const satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

/** A decorative icon: what it means is said in words beside it. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={`${size / 16}rem`}
      height={`${size / 16}rem`}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinejoin="round"
      strokeLinecap="round"
    >
      {SHAPES[name]}
    </svg>
  );
}
