import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'examples/**/*.test.ts', 'tests/**/*.test.ts', 'scripts/**/*.test.ts'],
    // Keys of workspaces that tests make stay out of the tester's own folder.
    env: {
      XDG_CONFIG_HOME: join(tmpdir(), 'wellspent-test-config'),
      // Command lines that tests start find the code compiled by those before: half of each one's CPU time.
      NODE_COMPILE_CACHE: join(tmpdir(), 'wellspent-test-compiled'),
    },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // Files of tests share a worker and its modules, which hold no state: a tenth of the time is saved.
    isolate: false,
  },
});
