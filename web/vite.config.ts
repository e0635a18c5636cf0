import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Leaves every built file compressed in both ways beside itself: the server has nothing left to do. */
function compressed(): Plugin {
  const files = (folder: string): string[] =>
    readdirSync(folder).flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? files(path) : [path];
    });
  let out = "";
  return {
    name: "compressed",
    apply: "build",
    configResolved: (config) => {
      out = join(config.root, config.build.outDir);
    },
    closeBundle: () => {
      for (const path of files(out)) {
        if (/\.(br|gz|md)$/.test(path)) continue;
        const bytes = readFileSync(path);
        const size = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: size }));
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

/** The notices of all packages that the pages contain, as their licences ask. */
function licences(): Plugin {
  const packages = Object.entries<{ version?: string; license?: string; dev?: boolean }>(
    JSON.parse(readFileSync("package-lock.json", "utf8")).packages,
  );
  const notice = (path: string) => {
    const file = readdirSync(path).find((name) => /^licen[cs]e(\.\w+)?$/i.test(name));
    return file ? readFileSync(join(path, file), "utf8").trim() : "";
  };
  return {
    name: "licences",
    apply: "build",
    generateBundle() {
      const told = packages
        .filter(([path, { dev }]) => path && !dev)
        .map(([path, { version, license }]) =>
          `${path.slice("node_modules/".length)} ${version} (${license})`.concat("\n\n", notice(path)),
        );
      this.emitFile({ type: "asset", fileName: "assets/licences.txt", source: `${told.join("\n\n---\n\n")}\n` });
    },
  };
}

/** A server of `isnad serve`, for `npm run dev`. */
const SERVER = process.env.ISNAD_SERVER ?? "http://127.0.0.1:7878";

export default defineConfig({
  build: {
    outDir: "built",
    // `make web` empties it but for its README.
    emptyOutDir: false,
    target: "es2022",
    // Everything is a file of its own: the policy of the pages allows nothing in the page itself.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  plugins: [licences(), compressed()],
  // `npm run dev` shows the pages of the sources with the data of a server that runs.
  server: {
    proxy: { "/api": SERVER, "/sparql": { target: SERVER, bypass: page } },
  },
  test: { include: ["src/**/*.test.ts"] },
});

/** A browser that asks for a page gets that of the sources. */
function page(request: { headers: { accept?: string | undefined } }): string | undefined {
  return request.headers.accept?.startsWith("text/html") ? "/index.html" : undefined;
}
