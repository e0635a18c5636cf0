import { type Inputs, useEffect, useState } from "preact/hooks";
import { Problem } from "./api";

/** Something that is being asked for. */
export interface Asking<T> {
  value?: T;
  problem?: Problem;
  busy: boolean;
}

/** Asks whenever `inputs` change, and forgets what was asked before. What was there stays until the answer comes. */
export function useAnswer<T>(ask: (signal: AbortSignal) => Promise<T> | undefined, inputs: Inputs): Asking<T> {
  const [asking, set] = useState<Asking<T>>({ busy: true });
  useEffect(() => {
    const stop = new AbortController();
    const answer = ask(stop.signal);
    if (!answer) {
      set({ busy: false });
      return;
    }
    set((known) => ({ ...known, busy: true }));
    answer.then(
      (value) => stop.signal.aborted || set({ value, busy: false }),
      (error) => {
        if (stop.signal.aborted) return;
        set({ problem: error instanceof Problem ? error : new Problem(0, String(error)), busy: false });
      },
    );
    return () => stop.abort();
  }, inputs);
  return asking;
}
