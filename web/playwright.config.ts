import { defineConfig } from "@playwright/test";
import { chromium } from "./browser/chromium";

/** The pages of the built program, in the browser of the system. */
export default defineConfig({
  testDir: "browser",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  timeout: 30_000,
  reporter: [["list"]],
  globalSetup: "./browser/setup.ts",
  use: {
    browserName: "chromium",
    locale: "en-GB",
    viewport: { width: 1280, height: 860 },
    launchOptions: {
      executablePath: chromium(),
      // As root, such as in a container, Chromium's own sandbox does not start.
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    },
  },
});
