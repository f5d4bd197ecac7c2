// The app on a data folder of its own: start, kill, start again.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { display } from "./display.mjs";
import { drive } from "./driver.mjs";

const here = (name) => realpathSync(new URL(`../../../${name}`, import.meta.url).pathname);
const app = () => process.env.LINEBOARD_APP ?? here("target/debug/lineboard-app");

/** Whether a process is there and not merely waiting to be counted out: its last thread lets go of its files. */
function lives(pid) {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8")) || readdirSync(`/proc/${pid}/task`).length > 1;
  } catch {
    return false;
  }
}

/** The app with its folder, its key file and its screen; `theme` is "light" or "dark". */
export class App {
  static async fresh({ size, theme = "light" } = {}) {
    const self = new App();
    self.pids = [];
    self.folder = mkdtempSync(path.join(tmpdir(), "lineboard-e2e-"));
    self.data = path.join(self.folder, "data");
    mkdirSync(self.data);
    self.screen = await display(size);
    self.env = {
      ...process.env,
      DISPLAY: self.screen.name,
      LINEBOARD_DATA: self.data,
      LINEBOARD_KEY_FILE: path.join(self.folder, "key"),
      // The page's own storage belongs to this run as well.
      XDG_DATA_HOME: path.join(self.folder, "xdg/data"),
      XDG_CACHE_HOME: path.join(self.folder, "xdg/cache"),
      XDG_CONFIG_HOME: path.join(self.folder, "xdg/config"),
      GTK_THEME: theme === "dark" ? "Adwaita:dark" : "Adwaita",
      LANG: "en_US.UTF-8",
      TZ: "UTC",
      NO_AT_BRIDGE: "1",
    };
    return self;
  }

  /** Opens the window; `this.browser` then drives it. */
  async open() {
    this.window = await drive(realpathSync(app()), [], this.env);
    this.browser = this.window.browser;
    this.pids = this.processes();
    await this.painted();
    // Its file is opened beside the window.
    const opened = async () => (await this.call("app_state")).ok?.fault?.code !== "opening";
    await this.browser.waitUntil(opened, { timeout: 60_000, interval: 100 });
    return this.browser;
  }

  /** Waits for the first picture: only then has the page given its first field the focus. */
  async painted() {
    // While the first page is being put in place, a script has no page to answer from.
    const ready = () => this.browser.execute(() => document.readyState === "complete").catch(() => false);
    await this.browser.waitUntil(ready, { timeout: 60_000 });
    await this.browser.executeAsync((done) => {
      document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0))));
    });
  }

  /** Ends the app's process at once, as a power cut would. */
  async kill() {
    if (this.pids.length === 0) throw new Error("the app does not run");
    for (const pid of this.pids) process.kill(pid, "SIGKILL");
    await this.gone(100);
    await this.window.stop();
    this.window = undefined;
  }

  /** Closes the window in the ordinary way. */
  async close() {
    if (!this.window) return;
    await this.browser.deleteSession().catch(() => {});
    await this.window.stop();
    // The driver closes the window; where it dies of that, the app is asked directly.
    await this.gone(60).catch(() => {
      for (const pid of this.pids.filter(lives)) process.kill(pid, "SIGTERM");
    });
    await this.gone(200);
    this.window = undefined;
  }

  /** Waits until the app's processes have let go of everything they held. */
  async gone(tries) {
    for (; this.pids.some(lives); tries--) {
      if (tries === 0) throw new Error("the app does not end");
      await pause(50);
    }
  }

  /** Ends everything and removes the folder. */
  async end() {
    await this.close().catch(() => this.kill().catch(() => {}));
    await this.screen.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The app's own processes on this folder. */
  processes() {
    const binary = realpathSync(app());
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, "utf8");
        return readlinkSync(`/proc/${pid}/exe`) === binary && environment.includes(`LINEBOARD_DATA=${this.data}\0`);
      } catch {
        return false;
      }
    });
  }

  /** Calls a command past the screens, as a curious user could; answers `{ ok }` or `{ fault }`. */
  async call(name, input = {}) {
    return this.browser.executeAsync((name, input, done) => {
      window.__TAURI_INTERNALS__.invoke(name, { input }).then((ok) => done({ ok }), (fault) => done({ fault }));
    }, name, input);
  }

  /** Like `call`, where a fault is the test's failure. */
  async ask(name, input = {}) {
    const { ok, fault } = await this.call(name, input);
    if (fault) throw new Error(`${name}: ${JSON.stringify(fault)}`);
    return ok;
  }

  /** Keeps a picture of the window. */
  async picture(name) {
    const folder = process.env.LINEBOARD_SCREENS ?? path.join(here("."), "target/screens");
    mkdirSync(folder, { recursive: true });
    await this.browser.saveScreenshot(path.join(folder, `${name}.png`));
  }
}
