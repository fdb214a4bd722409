import { defineConfig } from 'vitest/config';

/** Properties over more runs than belong into every test: `npm run soak`. */
export default defineConfig({
  test: {
    include: ['test/soak/**/*.soak.ts'],
    testTimeout: 3_600_000,
  },
});
