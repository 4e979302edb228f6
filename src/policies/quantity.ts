/**
 * Kubernetes quantities (`100m`, `1.5Gi`, `2e3`), as exact numbers of nano-units. The part of the CEL library of
 * Kubernetes that policies use: isQuantity, quantity, compareTo, isLessThan, isGreaterThan.
 */
const suffixes: ReadonlyMap<string, bigint> = new Map([
  ['n', 1n],
  ['u', 10n ** 3n],
  ['m', 10n ** 6n],
  ['', 10n ** 9n],
  ['k', 10n ** 12n],
  ['M', 10n ** 15n],
  ['G', 10n ** 18n],
  ['T', 10n ** 21n],
  ['P', 10n ** 24n],
  ['E', 10n ** 27n],
  ['Ki', 2n ** 10n * 10n ** 9n],
  ['Mi', 2n ** 20n * 10n ** 9n],
  ['Gi', 2n ** 30n * 10n ** 9n],
  ['Ti', 2n ** 40n * 10n ** 9n],
  ['Pi', 2n ** 50n * 10n ** 9n],
  ['Ei', 2n ** 60n * 10n ** 9n],
])

export class Quantity {
  readonly nano: bigint

  constructor(nano: bigint) {
    this.nano = nano
  }

  compareTo(other: Quantity): bigint {
    if (this.nano === other.nano) return 0n
    return this.nano < other.nano ? -1n : 1n
  }
}

export function parseQuantity(text: string): Quantity | undefined {
  if (text.length > 100) return undefined
  const match = /^([+-]?)(\d+)?(?:\.(\d*))?(?:[eE]([+-]?\d{1,2})|([numkMGTPE]|[KMGTPE]i))?$/.exec(text)
  if (match === null) return undefined
  const [, sign, whole = '', fraction = '', exponent, suffix = ''] = match
  if (whole === '' && fraction === '') return undefined
  const unit = suffixes.get(suffix)
  if (unit === undefined) return undefined
  const shift = Number(exponent ?? 0) - fraction.length
  const digits = BigInt(whole + fraction) * unit
  // Rounded up to the next nano, as the API server does.
  const divisor = 10n ** BigInt(Math.max(0, -shift))
  const nano = shift >= 0 ? digits * 10n ** BigInt(shift) : (digits + divisor - 1n) / divisor
  return new Quantity(sign === '-' ? -nano : nano)
}
