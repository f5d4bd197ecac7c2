// WebKitWebDriver, one per window.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { remote } from "webdriverio";
import { ended } from "./display.mjs";

/** Starts a driver and, through it, the program with this environment. */
export async function drive(binary, args, env) {
  const port = await freePort();
  const driver = spawn("WebKitWebDriver", ["--host=127.0.0.1", `--port=${port}`], {
    env: { ...env, TAURI_AUTOMATION: "true", TAURI_WEBVIEW_AUTOMATION: "true" },
    stdio: "ignore",
  });
  try {
    await ready(port);
    const browser = await remote({
      hostname: "127.0.0.1",
      port,
      path: "/",
      logLevel: "error",
      connectionRetryCount: 0,
      connectionRetryTimeout: 180_000,
      waitforTimeout: 30_000,
      capabilities: { "webkitgtk:browserOptions": { binary, args }, "wdio:enforceWebDriverClassic": true },
    });
    await browser.setTimeout({ script: 170_000, pageLoad: 30_000 });
    return { browser, pid: driver.pid, stop: () => ended(driver, "SIGTERM") };
  } catch (why) {
    await ended(driver, "SIGTERM");
    throw why;
  }
}

async function ready(port) {
  for (let tries = 0; tries < 200; tries++) {
    const up = await fetch(`http://127.0.0.1:${port}/status`).then((answer) => answer.ok, () => false);
    if (up) return;
    await pause(50);
  }
  throw new Error("WebKitWebDriver does not answer; is webkit2gtk-driver installed?");
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
