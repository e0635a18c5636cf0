import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { hostileDocument, hostileGraph } from "./hostile";

/** Builds a graph of the sample corpus and of what hostile people write, and serves it while the tests run. */
export default async function setup(): Promise<() => void> {
  // Pages that somebody serves already, such as `npm run dev`.
  if (process.env.BASE) return () => {};
  const isnad = process.env.ISNAD;
  if (!isnad) throw new Error("ISNAD names no program: run `make test-web`");
  const folder = mkdtempSync(join(tmpdir(), "isnad-pages-"));
  const store = join(folder, "graph");
  const run = (...given: string[]) => execFileSync(isnad, ["--store", store, "--quiet", ...given], { stdio: "pipe" });
  writeFileSync(join(folder, "hostile.jsonl"), hostileDocument());
  writeFileSync(join(folder, "hostile.nq"), hostileGraph());
  run("build", resolve("../data/corpus"), join(folder, "hostile.jsonl"));
  run("import", join(folder, "hostile.nq"));
  const server = spawn(isnad, ["--store", store, "serve", "--listen", "127.0.0.1:0"], { stdio: "pipe" });
  process.env.BASE = await address(server);
  return () => {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** The first line that a server prints: where it listens. */
function address(server: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let said = "";
    server.stderr?.on("data", (text) => {
      said += text;
    });
    server.once("exit", () => failed(new Error(`the server ended: ${said}`)));
    if (server.stdout) createInterface(server.stdout).once("line", (line) => found(line.replace(/\/$/, "")));
  });
}
