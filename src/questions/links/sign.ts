import { createHmac, timingSafeEqual } from 'node:crypto'
import { isUuid } from '../../platform/ids.ts'

/** What a signed link lets its holder do without signing in. */
export type LinkPurpose = 'follow' | 'all' | 'decision'

function mac(secret: string, purpose: LinkPurpose, id: string): string {
  return createHmac('sha256', secret).update(`questions.${purpose}.${id}`).digest('base64url').slice(0, 27)
}

/** A token that stands for one object and one purpose: its id and a keyed hash (RFC 2104) of 162 bits. */
export function signLink(secret: string, purpose: LinkPurpose, id: string): string {
  return `${id}.${mac(secret, purpose, id)}`
}

/** The id in a token, or undefined if the token is not ours, is damaged, or was made for another purpose. */
export function readLink(secret: string, purpose: LinkPurpose, token: string): string | undefined {
  const [id = '', given = ''] = token.split('.')
  if (!isUuid(id)) return undefined
  const expected = Buffer.from(mac(secret, purpose, id.toLowerCase()))
  const actual = Buffer.from(given)
  return expected.length === actual.length && timingSafeEqual(expected, actual) ? id.toLowerCase() : undefined
}
