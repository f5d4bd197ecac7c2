// Makes ECharts work where Object.prototype is frozen, as it is in the window.

import type { Plugin } from "vite";

const FILE = /echarts\/lib\/core\/Scheduler\.js$/;
/** A plain assignment cannot put `constructor` over the frozen prototype's; a definition can. */
const PLAIN = "target[name_1] = noop;";
const DEFINED = "Object.defineProperty(target, name_1, { value: noop, writable: true, configurable: true, enumerable: true });";

export function frozenPrototypes(): Plugin {
  return {
    name: "frozen-prototypes",
    transform(code, id) {
      if (!FILE.test(id)) return null;
      if (!code.includes(PLAIN)) this.error("ECharts has changed: see whether its charts still open with a frozen Object.prototype");
      return { code: code.replace(PLAIN, DEFINED), map: null };
    },
  };
}
