import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    environment: 'node',
    // Property and corpus tests take their time on a small machine; nothing here asserts wall time.
    // As many as the smallest machine has cores; the usual one less would leave half of it idle.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['default'],
  },
})
