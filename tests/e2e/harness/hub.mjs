// A real hub on a real PostgreSQL, and a cable to it that can be pulled.
import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { built } from "./cli.mjs";
import { ended } from "./display.mjs";

/** A hub with a database of its own, its certificate, and the cable that PCs reach it by. */
export class Hub {
  static async start() {
    const self = new Hub();
    self.folder = mkdtempSync(path.join(tmpdir(), "lineboard-hub-"));
    self.postgres = await Postgres.start(path.join(self.folder, "pg"));
    self.postgres.run("psql", "-c", "CREATE DATABASE hub");
    self.ask("postgres", "migrate");
    self.certificate = certificate(self.folder);
    const [key, url] = [path.join(self.folder, "hub.key"), self.postgres.url("hub_app")];
    const words = ["hub", "serve", "--listen", "127.0.0.1:0", "--certificate", self.certificate, "--key", key];
    self.process = spawn(built(), words, { env: { ...process.env, LINEBOARD_HUB_DATABASE: url, LINEBOARD_LANG: "en" } });
    const said = await new Promise((resolve, reject) => {
      self.process.stdout.once("data", (text) => resolve(String(text)));
      self.process.once("exit", (code) => reject(new Error(`the hub ended with ${code}`)));
    });
    self.cable = new Cable(Number(said.trim().replace(/\.$/, "").split(":").pop()));
    await self.cable.plug();
    return self;
  }

  /** What PCs are told. */
  get address() {
    return `localhost:${this.cable.port}`;
  }

  /** What `lineboard hub` answers, as JSON. */
  ask(role, ...words) {
    const env = { ...process.env, LINEBOARD_HUB_DATABASE: this.postgres.url(role), LINEBOARD_LANG: "en" };
    return JSON.parse(execFileSync(built(), ["--json", "hub", ...words], { env, encoding: "utf8" }) || "null");
  }

  admin(...words) {
    return this.ask("hub_app", ...words);
  }

  async end() {
    await this.cable?.pull();
    if (this.process) await ended(this.process, "SIGTERM");
    await this.postgres?.end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A certificate of a server that signs for nobody else. */
function certificate(folder) {
  const file = path.join(folder, "hub.pem");
  const names = "subjectAltName=DNS:localhost,IP:127.0.0.1";
  const words = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj", "/CN=localhost"];
  const more = ["-addext", names, "-addext", "basicConstraints=critical,CA:FALSE"];
  execFileSync("openssl", [...words, ...more, "-keyout", path.join(folder, "hub.key"), "-out", file], { stdio: "ignore" });
  return file;
}

/** A PostgreSQL on a socket in a folder that goes with it. */
class Postgres {
  static async start(folder) {
    const self = new Postgres();
    self.folder = mkdtempSync(`${folder}-`);
    self.owner = owner();
    // One of its programs does not run as root.
    if (self.owner) for (const place of [path.dirname(self.folder), self.folder]) chownSync(place, self.owner.uid, self.owner.gid);
    self.kept = path.join(self.folder, "kept");
    self.call("initdb", "--no-sync", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "-D", self.kept);
    const words = ["-D", self.kept, "-k", self.folder, "-c", "listen_addresses=", "-c", "fsync=off"];
    self.process = spawn(program("postgres"), words, { cwd: "/", stdio: "ignore", ...self.owner });
    for (let tries = 0; ; tries++) {
      try {
        self.run("psql", "-qtAc", "SELECT 1");
        return self;
      } catch (why) {
        if (tries > 300) throw why;
        await pause(100);
      }
    }
  }

  url(role) {
    return `host=${this.folder} user=${role} dbname=hub`;
  }

  call(name, ...words) {
    return execFileSync(program(name), words, { cwd: "/", stdio: ["ignore", "ignore", "pipe"], ...this.owner });
  }

  run(name, ...words) {
    return this.call(name, "-h", this.folder, "-U", "postgres", ...words);
  }

  async end() {
    await ended(this.process, "SIGINT");
  }
}

/** Who runs PostgreSQL where we are root. */
function owner() {
  if (process.getuid() !== 0) return undefined;
  const number = (what, who) => Number(execFileSync("id", [what, who], { encoding: "utf8" }));
  return { uid: number("-u", "postgres"), gid: number("-g", "postgres") };
}

function program(name) {
  const versions = existsSync("/usr/lib/postgresql") ? readdirSync("/usr/lib/postgresql").sort().reverse() : [];
  const folders = [...(process.env.PATH ?? "").split(":"), ...versions.map((version) => `/usr/lib/postgresql/${version}/bin`)];
  const found = folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
  if (!found) throw new Error(`PostgreSQL's ${name} is not installed`);
  return found;
}

/** What lies between a PC and the hub: one port, which is dead while the cable is out. */
class Cable {
  constructor(hub) {
    this.hub = hub;
    this.port = 0;
    this.open = new Set();
  }

  async plug() {
    this.server = createServer((pc) => {
      const hub = connect(this.hub, "127.0.0.1");
      for (const [one, other] of [[pc, hub], [hub, pc]]) {
        this.open.add(one);
        one.pipe(other);
        one.on("error", () => other.destroy());
        one.on("close", () => {
          this.open.delete(one);
          other.destroy();
        });
      }
    });
    await new Promise((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen(this.port, "127.0.0.1", resolve);
    });
    this.port = this.server.address().port;
  }

  async pull() {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.open) socket.destroy();
    await closed;
  }
}
