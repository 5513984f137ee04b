const WORD = /[\p{L}\p{N}]+/gu
/** Longer runs of letters are no words (identifiers, encoded data) and would only fill the dictionary. */
const MAX_LENGTH = 48

const german =
  'aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis bzw da dabei damit dann das dass davon dazu dem den denen der deren des dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es etc euch fuer für gibt hat haben hier ich ihr ihre ihrem ihren ihrer im in ins ist ja je jede jeder jedes jeweils kann kein keine koennen können man mit mittels muss nach nicht noch nur ob oder ohne sehr sein seine seit sich sie sind so soll sollen sowie über ueber um und uns unter usw vom von vor war waren was wegen weil welche welchem welchen welcher welches wenn wer werden wie wir wird wo wobei worden wurde wurden z zu zum zur zwischen'
const english =
  'a about after all also an and any are as at be been but by can did do does for from had has have he how i if in into is it its me more no not of on or our she such than that the their them then there these they this those to was we were what when where which who will with within you your'

const germanStops = new Set(german.split(' '))
const englishStops = new Set(english.split(' '))

/** The words of a text in their order: lower case, umlauts and ß kept, accents of other languages taken off, digits included. */
export function tokensOf(text: string, max = 3000): string[] {
  const found: string[] = []
  for (const match of text.normalize('NFC').toLowerCase().matchAll(WORD)) {
    found.push(bare(match[0].slice(0, MAX_LENGTH)))
    if (found.length >= max) break
  }
  return found
}

/** Takes accents off, but leaves the German letters as they are. */
function bare(word: string): string {
  if (/^[a-z0-9äöüß]*$/.test(word)) return word
  const marked = word.replaceAll('ä', '\u0001').replaceAll('ö', '\u0002').replaceAll('ü', '\u0003')
  const plain = marked.normalize('NFD').replaceAll(/\p{M}/gu, '')
  return plain.replaceAll('\u0001', 'ä').replaceAll('\u0002', 'ö').replaceAll('\u0003', 'ü')
}

/** True for words that say nothing about a matter, in German or English. */
export function isStop(word: string): boolean {
  return germanStops.has(word) || englishStops.has(word)
}

/** The language most of the words belong to, judged by the little words; German where nothing speaks against it. */
export function languageOf(words: readonly string[]): 'de' | 'en' {
  let de = 0
  let en = 0
  for (const word of words) {
    if (germanStops.has(word)) de++
    else if (englishStops.has(word)) en++
  }
  return en > 2 && en > 2 * de ? 'en' : 'de'
}

/** ä, ö, ü and ß as plain letters: what stands for a word in the index once it was taken apart. */
export function fold(word: string): string {
  return word.replaceAll('ä', 'a').replaceAll('ö', 'o').replaceAll('ü', 'u').replaceAll('ß', 'ss')
}
