import { z } from 'zod'
import { environments } from './risk.ts'

/** Who decides what of a change is worth a reviewer's attention. */
export const orders = ['learned', 'risk', 'fifo', 'prototype'] as const
export type OrderName = (typeof orders)[number]

/**
 * Where a verified fix is offered: as a suggestion, as a row of the summary, in a pull request of ours, later, or in the
 * folded part of the summary alone.
 */
export const channels = ['inline', 'summary', 'fix-pr', 'backlog', 'silent'] as const
export type Channel = (typeof channels)[number]

/** Upper bounds of the chance that a fix breaks its workload. */
export const breakageClasses = { low: 0.03, some: 0.1, high: 0.2, refused: 1 } as const
export type BreakageClass = keyof typeof breakageClasses
const breakageNames = Object.keys(breakageClasses).filter(
  (name): name is BreakageClass => name in breakageClasses,
)

/** Kyverno takes any words for the name of a rule, and Kubernetes up to 253 characters for that of a policy or a group. */
const name = z.string().regex(/^[^\p{Cc}]{1,400}$/u)

/** What is known of a fix before anybody sees it, and what its outcome is counted under: few values for each. */
export const contextSchema = z.strictObject({
  policy: name,
  /** Of the object, with its group. */
  kind: name,
  /** Where it runs, by its namespace and the folders of its file. */
  environment: z.enum(environments),
  /** Whether the change under review has brought the finding in. */
  introduced: z.boolean(),
  /** Operations of the patch. */
  size: z.enum(['one', 'few', 'many']),
  /** The chance that the fix breaks its workload, rounded to a class. */
  breakage: z.enum(breakageNames),
})
export type Context = z.infer<typeof contextSchema>

/** What was decided on a verified fix. */
export const decisionSchema = z.object({
  channel: z.enum(channels),
  /** Place in the order of all that could be offered, from 1. */
  rank: z.int().min(1),
  /** How likely it was to get a place inline, by the scheduler that decided. */
  propensity: z.number().min(0).max(1),
  /** Why, a line for people. */
  because: z.string(),
})
export type Decision = z.infer<typeof decisionSchema>
