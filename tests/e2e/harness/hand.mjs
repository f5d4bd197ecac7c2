// A person's hands and eyes: every step waits for what it needs.

import assert from "node:assert/strict";

/** Finds what the screen names with `data-test`. */
export const named = (name) => `[data-test="${name}"]`;

export class Hand {
  constructor(app) {
    this.app = app;
  }

  get browser() {
    return this.app.browser;
  }

  /** The element, once it is shown. */
  async see(name, timeout = 15_000) {
    const element = await this.browser.$(named(name));
    await element.waitForDisplayed({ timeout, timeoutMsg: `${name} is not shown; the screen says:\n${await this.text()}` });
    return element;
  }

  /** Waits until it is shown no more. */
  async gone(name) {
    await (await this.browser.$(named(name))).waitForDisplayed({ reverse: true, timeoutMsg: `${name} stays` });
  }

  /** Whether it is shown now. */
  async sees(name) {
    return (await this.browser.$(named(name))).isDisplayed();
  }

  async click(name, timeout) {
    const element = await this.see(name, timeout);
    await element.waitForEnabled({ timeout: 15_000, timeoutMsg: `${name} stays disabled` });
    await element.click();
  }

  /** Types into a field, over what it held. */
  async fill(name, text) {
    const field = await this.see(name);
    // A page that has just come may still take the focus to its first field, in the middle of a word.
    for (let tries = 0; tries < 3 && (await field.getValue()) !== text; tries++) await field.setValue(text);
    assert.equal(await field.getValue(), text, `${name} takes what is typed`);
  }

  /** Picks from a native list. */
  async pickValue(name, value) {
    await (await this.see(name)).selectByAttribute("value", value);
  }

  /** Sets a box. */
  async tick(name, wanted) {
    const box = await this.see(name);
    if ((await box.isSelected()) !== wanted) await box.click();
  }

  /** Gives a file to a file field, as its dialog would. */
  async choose(name, file) {
    const field = await this.browser.$(named(name));
    await field.waitForExist({ timeout: 15_000, timeoutMsg: `${name} is not there` });
    await this.browser.elementSendKeys(field.elementId, file);
  }

  async press(...keys) {
    await this.browser.keys(keys);
  }

  /** Types a text key by key where the focus is. */
  async type(text) {
    for (const key of String(text)) await this.browser.keys([key]);
  }

  /** Walks with Tab until the named part has the focus. */
  async tabTo(name, back = false) {
    const seen = [];
    for (let steps = 0; steps < 80; steps++) {
      const now = await this.focused();
      if (now === name) return;
      seen.push(now);
      await (back ? this.press("Shift", "Tab") : this.press("Tab"));
    }
    throw new Error(`Tab does not lead to ${name}; it led over ${seen.join(", ")}`);
  }

  /** What has the focus, by its name. */
  async focused() {
    return this.browser.execute(() => document.activeElement?.dataset?.test ?? document.activeElement?.tagName ?? "");
  }

  /** Everything a person can read, choose or find in the page. */
  async text() {
    return this.browser.execute(() => {
      const fields = [...document.querySelectorAll("input, textarea, select")].map((field) => field.value);
      return [document.title, document.body.innerText, document.documentElement.outerHTML, ...fields].join("\n");
    });
  }

  /** Waits until the screen no longer changes. */
  async quiet() {
    let [before, now] = ["", await this.text()];
    await this.browser.waitUntil(async () => {
      [before, now] = [now, await this.text()];
      return now === before;
    }, { interval: 300, timeout: 20_000 }).catch(() => {
      const at = [...now].findIndex((letter, index) => letter !== before[index]);
      throw new Error(`the screen does not come to rest: ${before.slice(at - 80, at + 80)} became ${now.slice(at - 80, at + 80)}`);
    });
  }

  /** What a person reads in one named part. */
  async read(name) {
    await this.see(name);
    return this.browser.execute((selector) => document.querySelector(selector)?.innerText ?? "", named(name));
  }

  /** Waits until a named part reads as wanted. */
  async reads(name, wanted, timeout = 20_000) {
    let last = "";
    await this.browser.waitUntil(async () => {
      last = await this.read(name);
      return wanted instanceof RegExp ? wanted.test(last) : last.includes(wanted);
    }, { timeout, timeoutMsg: `${name} should read ${wanted}` }).catch((why) => {
      throw new Error(`${why.message}, but reads: ${last}`);
    });
    return last;
  }

  // Starting

  async firstStart({ name, password }) {
    await this.fill("first-start-name", name);
    await this.fill("first-start-display-name", name);
    await this.fill("first-start-password", password);
    await this.fill("first-start-again", password);
    await this.click("first-start-submit");
    await this.see("first-start-import");
  }

  async logIn({ name, password }) {
    await this.fill("login-name", name);
    await this.fill("login-password", password);
    await this.click("login-submit");
    await this.see("user-menu", 20_000);
  }

  /** The first log-in with a password an admin gave, which asks for one's own. */
  async logInFirst({ name, first, password }) {
    await this.fill("login-name", name);
    await this.fill("login-password", first);
    await this.click("login-submit");
    await this.fill("password-old", first);
    await this.fill("password-new", password);
    await this.fill("password-again", password);
    await this.click("password-submit");
    await this.see("user-menu", 20_000);
  }

  async logOut() {
    await this.menu("logout");
    await this.see("login-name");
  }

  /** One choice of the user's menu. */
  async menu(...names) {
    await this.click("user-menu");
    for (const name of names) await this.click(name);
  }

  async go(screen) {
    await this.click(`rail-${screen}`);
  }
}
