import { refusal, type Refused } from "../../api";

/** What a question was answered with; an answer that comes too late is left. */
export class Reply<T> {
  answer = $state.raw<T | null>(null);
  fault = $state.raw<Refused | null>(null);

  /** Waits for an answer, as an effect does: returns how to stop. */
  wait(asked: Promise<T>): () => void {
    let current = true;
    asked
      .then((found) => {
        if (current) [this.answer, this.fault] = [found, null];
      })
      .catch((reason: unknown) => {
        if (current) [this.answer, this.fault] = [null, refusal(reason)];
      });
    return () => {
      current = false;
    };
  }
}
