import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'

/** A certificate with its key, and what it needs to sign others. */
export interface Certified {
  certificate: string
  key: string
  name: string
  privateKey: KeyObject
}

export interface Wish {
  name: string
  /** Who signs; itself where absent. */
  by?: Certified
  /** Years from now. */
  from?: number
  until?: number
  authority?: boolean
}

/**
 * Makes X.509 certificates for loopback, since Node can read them and not write them. Only what a TLS handshake looks
 * at: names, times, key, signature (ECDSA P-256, SHA-256), subject alternative names, basic constraints.
 */
export function certify({ name, by, from = -1, until = 1, authority = false }: Wish): Certified {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = sequence(identifier('2a8648ce3d040302'))
  const extensions = [
    ...(authority
      ? [
          sequence(
            identifier('551d13'),
            tagged(0x01, Buffer.of(0xff)),
            octets(sequence(tagged(0x01, Buffer.of(0xff)))),
          ),
        ]
      : []),
    sequence(
      identifier('551d11'),
      octets(sequence(tagged(0x82, Buffer.from('localhost')), tagged(0x87, Buffer.of(127, 0, 0, 1)))),
    ),
  ]
  const body = sequence(
    tagged(0xa0, integer(Buffer.of(2))),
    integer(Buffer.from([1, ...crypto.getRandomValues(new Uint8Array(8))])),
    algorithm,
    commonName(by?.name ?? name),
    sequence(time(from), time(until)),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions)),
  )
  const signature = sign('sha256', body, by?.privateKey ?? privateKey)
  const der = sequence(body, algorithm, tagged(0x03, Buffer.concat([Buffer.of(0), signature])))
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    name,
    privateKey,
  }
}

function tagged(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  const { length } = content
  const header =
    length < 128
      ? [tag, length]
      : length < 256
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from(header), content])
}

function sequence(...contents: Buffer[]): Buffer {
  return tagged(0x30, ...contents)
}

function octets(content: Buffer): Buffer {
  return tagged(0x04, content)
}

function integer(bytes: Buffer): Buffer {
  return tagged(0x02, bytes)
}

/** An object identifier by its encoded bytes. */
function identifier(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, 'hex'))
}

function commonName(name: string): Buffer {
  return sequence(tagged(0x31, sequence(identifier('550403'), tagged(0x0c, Buffer.from(name)))))
}

function time(years: number): Buffer {
  const date = new Date(Date.now() + years * 365 * 24 * 3600 * 1000)
  const digits = date.toISOString().replaceAll(/[-:T]|\.\d+/g, '')
  return tagged(0x17, Buffer.from(digits.slice(2)))
}
