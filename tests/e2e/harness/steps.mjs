// Steps of one story: after one fails, the others would only tell of that.
import { it } from "node:test";

/** Makes the `step` of a story; a failing step leaves a picture. */
export function story(picture) {
  let broken = false;
  return (name, act) => it(name, async (test) => {
    if (broken) return test.skip("an earlier step failed");
    try {
      await act(test);
    } catch (why) {
      broken = true;
      await picture(`failed-${name.replaceAll(/\W+/g, "-").toLowerCase()}`).catch(() => {});
      throw why;
    }
  });
}
