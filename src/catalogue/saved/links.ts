import { createHmac, timingSafeEqual } from 'node:crypto'
import { isUuid } from '../../platform/ids.ts'

/** What a signed link of a saved search lets its holder do without signing in. */
export type LinkPurpose = 'feed' | 'stop' | 'stop-all'

function mac(secret: string, purpose: LinkPurpose, id: string): string {
  return createHmac('sha256', secret)
    .update(`catalogue.saved.${purpose}.${id}`)
    .digest('base64url')
    .slice(0, 27)
}

/** A token for one search (or person) and one purpose: its id and a keyed hash (RFC 2104) of 162 bits. */
export function signLink(secret: string, purpose: LinkPurpose, id: string): string {
  return `${id}.${mac(secret, purpose, id)}`
}

/** The id in a token; undefined if it is not ours, damaged, or made for another purpose. */
export function readLink(secret: string, purpose: LinkPurpose, token: string): string | undefined {
  const [id = '', given = ''] = token.split('.')
  if (!isUuid(id)) return undefined
  const expected = Buffer.from(mac(secret, purpose, id))
  const actual = Buffer.from(given)
  return expected.length === actual.length && timingSafeEqual(expected, actual) ? id : undefined
}
