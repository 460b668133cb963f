import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { show } from './shell.mjs';

/** The parts of the tests in the order they run, with what each needs beside the packages. */
export const parts = {
  unit: [],
  database: ['postgres'],
  embedded: ['site', 'postgres'],
  browser: ['site', 'chromium', 'postgres'],
  build: ['site', 'chromium'],
};

/** Sums a report of vitest's JSON reporter; a file that could not be loaded counts as one failed test. */
export function count(report) {
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken };
}

/** The arguments by which Node runs vitest on one part. */
export function vitest(root, name, more) {
  const script = join(root, 'node_modules/vitest/vitest.mjs');
  return [script, 'run', '--config', 'test/vitest.config.ts', '--project', name, ...more];
}

/** Runs one part by vitest and gives `{ passed, failed }`; a part without a test, or that breaks off, has failed. */
export async function runPart(root, name, env) {
  const folder = mkdtempSync(join(tmpdir(), 'courtyard-report-'));
  const file = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  try {
    const code = await show(process.execPath, vitest(root, name, reporters), { cwd: root, env });
    const counted = existsSync(file)
      ? count(JSON.parse(readFileSync(file, 'utf8')))
      : { passed: 0, failed: 0 };
    if (counted.passed + counted.failed === 0) console.error(`The part “${name}” has no tests.`);
    const silent = counted.failed === 0 && (code !== 0 || counted.passed === 0);
    return silent ? { passed: counted.passed, failed: 1 } : counted;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
