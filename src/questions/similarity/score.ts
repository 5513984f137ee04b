/** Words that say nothing about the matter of a question (German and English, already folded). */
const stopWords = new Set(
  (
    'aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis da damit dann das dass dem den der des ' +
    'dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es etwas fuer ' +
    'gibt haben hat hier ich ihr im in ist ja jede jeder jedes kann kein keine koennen man mehr mein mit muss nach nicht noch ' +
    'nur ob oder ohne sehr sein sich sie sind so soll sollen ueber um und uns unser unsere unserer vom von vor wann warum was ' +
    'wegen weil welche welchem welchen welcher welches wem wen wenn wer werden wie wieder wieso wieviel wir wird wo woher wohin ' +
    'zu zum zur stadt frage viele viel a an and are at by do does for from how in is it of on or our that the there they this ' +
    'to we what when where which who why with'
  ).split(' '),
)

/** Lower case, umlauts and ß written out, other accents and all signs gone: "Straßenbäume" becomes "strassenbaeume". */
export function fold(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Cuts the commonest German endings, so that "Kinder", "Kindern" and "Kindes" meet. Rough on purpose: it only ranks. */
function stem(word: string): string {
  if (word.length < 5) return word
  return word.replace(/(?:ungen|innen|ern|ung|em|en|er|es|e|n|s)$/, '')
}

/** The words of a text that carry meaning, stemmed, each once. */
export function keywords(text: string): ReadonlySet<string> {
  const words = fold(text).split(' ')
  return new Set(words.filter((word) => word.length > 1 && !stopWords.has(word)).map(stem))
}

function trigrams(text: string): ReadonlySet<string> {
  const padded = ` ${[...keywords(text)].join(' ')} `
  const found = new Set<string>()
  for (let at = 0; at + 3 <= padded.length; at++) found.add(padded.slice(at, at + 3))
  return found
}

/** 1 for the same word, less where one stands inside the other: German compounds ("Kita" in "Kitaplatz"). */
function closeness(a: string, b: string): number {
  if (a === b) return 1
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (short.length < 4 || !long.includes(short)) return 0
  return long.startsWith(short) || long.endsWith(short) ? 0.7 : 0.4
}

function wordOverlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0
  const best = (word: string, others: ReadonlySet<string>) =>
    Math.max(...[...others].map((other) => closeness(word, other)))
  const total = (from: ReadonlySet<string>, to: ReadonlySet<string>) =>
    [...from].reduce((sum, word) => sum + best(word, to), 0)
  return (total(a, b) + total(b, a)) / (a.size + b.size)
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0
  let both = 0
  for (const each of a) if (b.has(each)) both++
  return (2 * both) / (a.size + b.size)
}

/** How alike two titles are, 0 to 1: two thirds shared words (with compounds), one third shared letter triples. Symmetric. */
export function similarity(a: string, b: string): number {
  const score = (2 * wordOverlap(keywords(a), keywords(b)) + dice(trigrams(a), trigrams(b))) / 3
  return Math.min(1, score)
}

/** From here on a question is shown as similar; set so that a shared topic word plus one more is enough. */
export const similarFrom = 0.34

/** The candidates most like the title, best first, at most `limit`, none below `similarFrom`. */
export function rankSimilar<T extends { readonly title: string }>(
  title: string,
  candidates: readonly T[],
  limit = 5,
): (T & { readonly score: number })[] {
  return candidates
    .map((each) => ({ ...each, score: similarity(title, each.title) }))
    .filter((each) => each.score >= similarFrom)
    .sort((a, b) => b.score - a.score || a.title.localeCompare(b.title))
    .slice(0, limit)
}
