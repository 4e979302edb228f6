export { readEpss, readKev, readTrivy, type Epss, type ImageScan, type Kev } from './feeds.ts'
export { environmentOf } from './environment.ts'
export * from './score.ts'
export { threatOf, type Feeds } from './threat.ts'
