// The command line beside the window, on the same folder.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { realpathSync, writeFileSync } from "node:fs";
import path from "node:path";

export const built = () => process.env.LINEBOARD_CLI ?? realpathSync(new URL("../../../target/debug/lineboard", import.meta.url).pathname);

/** What `lineboard` answers a person, as JSON. */
export function lineboard(app, { name, password }, ...words) {
  const secret = path.join(app.folder, `${name}.txt`);
  writeFileSync(secret, password, { mode: 0o600 });
  const said = execFileSync(built(), [...words, "--json", "--user", name, "--password-file", secret], { env: app.env, encoding: "utf8" });
  return JSON.parse(said);
}

/** Two numbers that differ by rounding alone. */
export function same(shown, wanted, what) {
  assert.ok(Math.abs(shown - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)), `${what}: ${shown} should be ${wanted}`);
}
