import { messageOf, type Fault } from '../model/index.ts'

/** A request that got no answer that could be read. The message says what happened, where, and what to do. */
export class RequestFault extends Error {
  override readonly name = 'RequestFault'
  readonly fault: Fault
  /** The same request may well get an answer a moment later. */
  readonly transient: boolean

  constructor(fault: Fault, message: string, transient = false) {
    super(message)
    this.fault = fault
    this.transient = transient
  }
}

const certificateCodes: ReadonlyMap<string, string> = new Map([
  ['CERT_HAS_EXPIRED', 'its certificate has expired; renew it, or use another context'],
  ['CERT_NOT_YET_VALID', 'its certificate is not valid yet; check the clock of this machine'],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'its certificate is for another name; check the address, or set tls-server-name in the kubeconfig',
  ],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate is signed by itself; give its certificate-authority-data'],
])
const untrusted = 'its certificate is not signed by the given authority; check certificate-authority-data'

/** The codes of OpenSSL's chain verification, and Node's own for certificates and keys. */
const aboutCertificates =
  /^(?:CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_CERT|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH)/
const aboutTheWay =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EADDRNOTAVAIL|ENETDOWN)$/
const brokenOff = /^(?:ECONNRESET|EPIPE|ECONNABORTED)$/

/** Why a request failed below HTTP, from the error of Node's client. */
export function faultOf(error: unknown, server: string): RequestFault {
  if (error instanceof RequestFault) return error
  const code = codeOf(error)
  if (aboutCertificates.test(code))
    return new RequestFault(
      'certificate',
      `${server} is not trusted: ${certificateCodes.get(code) ?? untrusted} (${code})`,
    )
  if (aboutTheWay.test(code))
    return new RequestFault(
      'unreachable',
      `${server} cannot be reached (${code}); check that the cluster runs and that the address is right`,
    )
  if (brokenOff.test(code))
    return new RequestFault('unreachable', `${server} broke the connection off (${code})`, true)
  if (code === 'ETIMEDOUT') return new RequestFault('timeout', `${server} does not answer (${code})`)
  if (code.startsWith('HPE_'))
    return new RequestFault('bad-answer', `${server} does not speak HTTP (${code}); check the address`)
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO') {
    return /alert/i.test(messageOf(error))
      ? new RequestFault('certificate', `${server} refuses our certificate (${alertOf(messageOf(error))})`)
      : new RequestFault('bad-answer', `${server} does not speak TLS (${code}); check the address`)
  }
  return new RequestFault('unreachable', `the request to ${server} failed: ${messageOf(error)}`)
}

function codeOf(error: unknown): string {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' ? code : ''
}

/** OpenSSL's words for a TLS alert, e.g. `tlsv13 alert certificate required`. */
function alertOf(message: string): string {
  return /(?<alert>[\w ]*alert [\w ]+)/.exec(message)?.groups?.['alert']?.trim() ?? 'TLS alert'
}
