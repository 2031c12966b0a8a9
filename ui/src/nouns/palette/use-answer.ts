// What the palette has found for what was typed. The list is of one question at a time: commands and incidents change
// together, so that the first of them is in hand as soon as they are there.
import { useEffect, useState } from "react";
import type { Hit } from "../../bindings";
import { call } from "../../door";

const SEARCH_FROM = 2;

/** A question and the incidents found on this computer. */
export interface Answer {
  readonly text: string;
  readonly hits: readonly Hit[];
}

/** The latest answer; of an older question while the one for `text` is on its way. */
export function useAnswer(text: string): Answer {
  const [answer, setAnswer] = useState<Answer>({ text: "", hits: [] });
  useEffect(() => {
    let asked = true;
    const show = (hits: readonly Hit[]) => asked && setAnswer({ text, hits });
    if (text.trim().length < SEARCH_FROM) show([]);
    else
      call("search", { text: text.trim() }).then(show, () => {
        show([]);
      });
    return () => {
      asked = false;
    };
  }, [text]);
  return answer;
}

/** What Enter does: the entry in hand, else the first; before the answer is there, the first that it brings. */
export function useEnter(isAnswered: boolean, take: (mode: "in hand" | "first") => void) {
  const [entered, setEntered] = useState(false);
  useEffect(() => {
    if (!entered || !isAnswered) return;
    setEntered(false);
    take("first");
  });
  return {
    enter: () => (isAnswered ? take("in hand") : setEntered(true)),
    /** Who writes on has not meant what was asked before. */
    writesOn: () => setEntered(false),
  };
}
