import type { WorldOptions } from './world.ts'

/** Reviewers, from one who wants little to one who takes most, and worlds that are unkind to a learner. */
export const profiles: Readonly<Record<string, WorldOptions>> = {
  picky: { acceptance: 0.17, tastes: 'additive' },
  average: { acceptance: 0.3, tastes: 'additive' },
  keen: { acceptance: 0.57, tastes: 'additive' },
  drifting: {
    acceptance: 0.3,
    tastes: 'additive',
    changes: { at: (change) => change === 250, how: 'some-policies' },
  },
  adversarial: {
    acceptance: 0.3,
    tastes: 'additive',
    changes: { at: (change) => change > 0 && change % 100 === 0, how: 'all-reversed' },
  },
  interaction: { acceptance: 0.3, tastes: 'interaction' },
  indifferent: { acceptance: 0.3, tastes: 'none' },
}
