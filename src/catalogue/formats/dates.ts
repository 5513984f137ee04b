import { dateOf } from '../dcat/graph.ts'

const MONTHS: Record<string, number> = {
  januar: 1,
  january: 1,
  februar: 2,
  february: 2,
  märz: 3,
  maerz: 3,
  march: 3,
  april: 4,
  mai: 5,
  may: 5,
  juni: 6,
  june: 6,
  juli: 7,
  july: 7,
  august: 8,
  september: 9,
  oktober: 10,
  october: 10,
  november: 11,
  dezember: 12,
  december: 12,
}

/** A date out of what catalogues write besides ISO: 'Dienstag, 19. November 2013 - 10:13', '2012-05-10T21:04', '20120510'; null otherwise. */
export function looseDate(text: string): string | null {
  const plain = text
    .slice(0, 100)
    .trim()
    .replace(/^Date changed\s+/, '')
  return dateOf(plain) ?? dateOf(respelled(plain)) ?? longDate(plain)
}

function respelled(text: string): string {
  return text
    .replace(/^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(Z|[-+]\d{2}:\d{2})?$/, '$1T$2:00$3')
    .replace(/^(\d{4}-\d{2}-\d{2}T[\d:.]+[-+]\d{2})(\d{2})$/, '$1:$2')
    .replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
    .replace(/^(\d{4})\/(\d{2})\/(\d{2})$/, '$1-$2-$3')
    .replace(/^(\d{1,2})\/(\d{4})$/, (_, month: string, year: string) => `${year}-${month.padStart(2, '0')}`)
    .replace(/^(\d{4}-\d{2}-\d{2}).*$/, (whole: string, day: string) => (/T.*T|T$/.test(whole) ? day : whole))
}

/** 'Montag, 6. Januar 2014 - 9:31' as day: the time has no zone, so the day is all that is sure. */
function longDate(text: string): string | null {
  const found = /(\d{1,2})\.\s*([A-Za-zä]+)\s+(\d{4})/.exec(text)
  const month = MONTHS[found?.[2]?.toLowerCase() ?? '']
  if (!found || month === undefined) return null
  return dateOf(`${found[3]}-${String(month).padStart(2, '0')}-${String(found[1]).padStart(2, '0')}`)
}
