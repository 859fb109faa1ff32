import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 20_000,
    // Vitest leaves one processor to itself, which on a machine of two halves its speed.
    maxWorkers: '100%',
  },
})
