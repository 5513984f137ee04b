/** Longest text of one field; longer ones are a fault of the source and are cut. */
export const MAX_TEXT = 200_000

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  bdquo: '„',
  ldquo: '“',
  rdquo: '”',
  euro: '€',
  sect: '§',
}

/** Text without control characters, trimmed, at most 200 000 characters. */
export function cleanText(text: string): string {
  return text
    .slice(0, MAX_TEXT)
    .replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, '')
    .toWellFormed()
    .trim()
}

/** The text of HTML as paragraphs and lines; text without tags is only cleaned. */
export function plainText(text: string): string {
  const cut = cleanText(text)
  if (!/<\/?[a-z][^>]{0,500}>/i.test(cut)) return /&[a-z]+;|&#\d+;/i.test(cut) ? decodeEntities(cut) : cut
  const lines = cut
    .replace(/<(script|style)\b[^>]*>[^<]*<\/\1>/gi, '')
    .replace(/<br\s*\/?>|<\/(p|div|li|tr|h\d|ul|ol|pre)>/gi, '\n')
    .replace(/<li\b[^>]*>/gi, '– ')
    .replace(/<\/?[a-z][^>]{0,2000}>/gi, '')
  return decodeEntities(lines)
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|([A-Za-z]{2,8}));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name)] ?? whole
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal)
    const usable = code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
    return usable ? String.fromCodePoint(code) : ''
  })
}
