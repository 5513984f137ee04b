import type { CommandIo, ExitCode } from '../../platform/command.ts'
import { excerpt, finding, type Finding } from '../../platform/finding.ts'
import { unpack } from '../../platform/tabular/unpack.ts'
import type { Input } from './input.ts'

/** How much of a document is looked at to say what it is instead. */
const LOOK = 64 * 1024

/** Nothing could be made of the call: the reasons on standard error, with `--json` also among the findings of the verb's own shape. */
export function refuse(
  io: CommandIo,
  findings: readonly Finding[],
  shape: Record<string, unknown>,
): ExitCode {
  for (const each of findings) io.note(`${each.severity}: ${each.text.en}`)
  if (io.json) io.out(JSON.stringify({ ...shape, findings }))
  return 2
}

/** What a document is that no form fits: empty, damaged, binary, a web page, other XML or JSON, or just text. */
export async function whyUnreadable({ bytes }: Pick<Input, 'bytes'>): Promise<Finding> {
  const unpacked = await unpack(bytes, 256 * 1024 * 1024)
  if (!unpacked.bytes) return unpacked.findings[0] ?? unknownForm('')
  const start = Buffer.from(unpacked.bytes.subarray(0, LOOK)).toString('latin1').trim()
  if (start === '') return empty()
  const page = /^(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype html|html)[\s>]/i.test(start)
  if (page) return webPage(/<title[^>]*>([^<]{0,300})/i.exec(start)?.[1] ?? '')
  return unknownForm(start)
}

/** A web page came where a catalogue was looked for; its title usually says why. */
export function webPage(title: string): Finding {
  const named = title.trim() === '' ? '' : ` „${excerpt(title)}“`
  return finding('error', 'web-page', {
    de: `Das ist eine Webseite${named} ohne Beschreibung eines Datensatzes, kein Katalog.`,
    en: `This is a web page${named.replace('„', '“').replace(/“$/, '”')} without the description of a dataset, not a catalogue.`,
  })
}

function empty(): Finding {
  return finding('error', 'empty', { de: 'Die Datei ist leer.', en: 'The file is empty.' })
}

function unknownForm(start: string): Finding {
  // Control characters and what is no text: showing it would help nobody.
  const odd = start.slice(0, 2000).replace(/[\t\n\r\x20-\x7e\u00a0-\u00ff]/g, '').length
  const shown = odd * 10 > Math.min(start.length, 2000) ? null : excerpt(start, 60)
  return finding('error', 'unknown-format', {
    de: `Die Form ist nicht erkennbar. Gelesen werden DCAT, CKAN, CSW mit ISO 19139, OGC API Records, OAI-PMH, schema.org und Dateninventuren. ${shown === null ? 'Die Datei enthält Binärdaten.' : `Anfang: „${shown}“`}`,
    en: `The form can not be recognised. DCAT, CKAN, CSW with ISO 19139, OGC API Records, OAI-PMH, schema.org and data inventories are read. ${shown === null ? 'The file holds binary data.' : `Start: “${shown}”`}`,
  })
}
