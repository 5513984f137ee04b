/** Levels of a document; catalogues have about ten. */
export const MAX_NESTING = 200

/** Characters all uses of a document's own entities may come to. */
const MAX_EXPANSION = 1024 * 1024

/** True where JSON is nested deeper than this, strings left out. */
export function nestedDeeper(text: string, most: number): boolean {
  let depth = 0
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[{]|[\]}]/gs)) {
    if (token === '{' || token === '[') {
      depth += 1
      if (depth > most) return true
    } else if (token === '}' || token === ']') depth -= 1
  }
  return false
}

/** True where XML defines entities by entities or by other files, or where its entities would multiply the text. */
export function declaresBomb(text: string): boolean {
  const head = text.slice(0, text.search(/<(?![!?])/) + 1 || undefined)
  if (!head.includes('<!ENTITY')) return false
  const lengths = new Map<string, number>()
  for (const [, name = '', outside, value = ''] of head.matchAll(
    /<!ENTITY\s+(?:%\s+)?([^\s"'>]+)\s+(?:(SYSTEM|PUBLIC)|("[^"]*"|'[^']*'))/g,
  )) {
    if (outside !== undefined || /[&%](?!#)[^\s;]+;/.test(value)) return true
    lengths.set(name, value.length)
  }
  let expanded = 0
  for (const [, name = ''] of text.matchAll(/&([^\s;&#]{1,100});/g)) {
    expanded += lengths.get(name) ?? 0
    if (expanded > MAX_EXPANSION) return true
  }
  return false
}
