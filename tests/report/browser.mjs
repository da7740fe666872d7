// SPDX-License-Identifier: MIT
// A real browser for tests of pages. Where there is none, or no driver, the test says so and ends.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

function needs(what) {
  console.log(`needs: ${what}`);
  process.exit(0);
}

// `modules`: the packages of tests/npm.
export async function open(modules) {
  if (!existsSync(join(modules, 'playwright-core'))) needs('the packages of tests/npm');
  const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  if (!program) needs('chromium (ci/setup --for test)');
  const require = createRequire(join(resolve(modules), 'index.js'));
  const { chromium } = require('playwright-core');
  const axe = require.resolve('axe-core/axe.min.js');
  // Its own sandbox needs rights that a container and root's account do not have.
  const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] });
  return { browser, axe };
}

// A page of `file`; `problems` gets whatever it complains of, and what it would fetch.
export async function load(browser, file, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options });
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
  page.on('request', (request) => { if (!request.url().startsWith('file:')) problems.push(request.url()); });
  await page.goto(`file://${resolve(file)}`);
  return { page, problems };
}
