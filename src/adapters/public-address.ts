import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { isLoopback } from '../registry/index.ts'

/** Where a name leads, looked up once: whoever connects goes to this address and no other. */
export interface Address {
  address: string
  family: 4 | 6
}

/** Addresses that are not on the public internet (the special-purpose registries of IANA). */
const special = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  special.addSubnet(network, prefix, 'ipv4')
/** All that is handed out to networks lies in this one; of it, these carry other addresses or are for examples. */
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  special.addSubnet(network, prefix, 'ipv6')

export function isPublic({ address, family }: Address): boolean {
  if (family === 4) return !special.check(address, 'ipv4')
  return global6.check(address, 'ipv6') && !special.check(address, 'ipv6')
}

/**
 * The address behind the host of a URL. Undefined where one of those that a name leads to is not public; only a host that
 * is called one of this machine leads to this machine.
 */
export async function addressOf(hostname: string): Promise<Address | undefined> {
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const literal = isIP(host)
  const found =
    literal === 0
      ? await lookup(host, { all: true, order: 'ipv4first' })
      : [{ address: host, family: literal }]
  const addresses = found.flatMap(({ address, family }): Address[] =>
    family === 4 || family === 6 ? [{ address, family }] : [],
  )
  const [first] = addresses
  const isThisMachine = ({ address }: Address): boolean => address.startsWith('127.') || address === '::1'
  return addresses.every(isLoopback(hostname) ? isThisMachine : isPublic) ? first : undefined
}
