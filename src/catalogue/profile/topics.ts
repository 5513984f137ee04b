import { plainName } from './dictionary.ts'

const words: Record<string, RegExp> = {
  TRAN: /verkehr|unfall|fahrrad|radverkehr|parken|park and ride|\b(?:bus|bahn|stadtbahn|strassenbahn)|haltestelle|ladesaeul|strasse|mobilitaet|zaehlstelle|elektrotank|ticketautomat|owi/,
  ENVI: /baum|\btree|umwelt|klima|luft|wetter|temperatur|trinkwasser|wasser|laerm|abfall|container|glas|altkleider|natur|feinstaub|niederschlag|spielplaetz|playground/,
  ENER: /energie|strom|photovoltaik|\bpv\b|windkraft|\bwea\b|windenergie|\bwind\b|waerme|ladesaeul|elektro/,
  EDUC: /schul|school|kita|kinder|daycare|bildung|sport|kultur|museum|bibliothek|tischtennis|spielplaetz|theater|stolperstein/,
  HEAL: /gesundheit|aed|defibrillator|krankenhaus|arzt|apotheke|pflege|einschulung|impf/,
  SOCI: /bevoelkerung|einwohner|vorname|haushalte|wohnberechtigte|arbeitslos|sozial|alter|geburt|stadtteile|sozialversicherung/,
  ECON: /haushalt|finanz|budget|ergebnisplan|teilplan|wirtschaft|steuer|ertraege|aufwend|kontenrahmen|hhplan|produktgruppe/,
  GOVE: /wahl|wahllokal|election|stimmbezirk|\brat\b|verwaltung|haushalt|ergebnisplan|finanzplan|hhplan|ordnungswidrigkeit|kategorien/,
  REGI: /boundar|stadtbezirk|stadtteil|bezirk|gemeinde|kreise|bundeslaender|settlement|bebauung|grundstueck|boden|wohn/,
  JUST: /kriminal|polizei|feuerwehr|sicherheit|unfall|ordnungswidrigkeit/,
  TECH: /sensor|loriot|lora|forschung|glasfaser|breitband/,
  AGRI: /landwirt|forst|wald|ernte|fischerei/,
}

/** Up to two EU themes suggested by title and column names, the strongest first; the title counts three times. */
export function proposeThemes(title: string, columns: string[]): string[] {
  const names = plainName(title)
  const others = columns.map(plainName)
  const scores = Object.entries(words).map(([code, pattern]) => {
    const inColumns = others.filter((name) => pattern.test(name)).length / Math.max(3, others.length)
    return { code, score: (pattern.test(names) ? 3 : 0) + inColumns }
  })
  return scores
    .filter(({ score }) => score >= 0.3)
    .sort((a, b) => b.score - a.score)
    .slice(0, 2)
    .map(({ code }) => code)
}

const KEEP_UPPER = /^(PV|AED|WEA|HH|EW|PKW|LKW|OSM|ÖPNV|AGS|CO2|NO2|UTM|GTFS|AWM|OWI)$/i

/** A title from a file name: endings, dates, hashes and signs out, first letter large. */
export function titleOfFile(filename: string): string {
  const base = filename.split(/[\\/]/).pop() ?? ''
  const plain = base
    .replace(/(\.(csv|tsv|txt|xlsx?|ods|geo|json|geojson|parquet|gz|zip))+$/i, '')
    .replace(/\b[0-9a-f]{12,}\b/gi, ' ')
    .replace(/(?<!\d)(\d{4})[-_.](\d{2})[-_.](\d{2})(?!\d)/g, ' ')
    .replace(/[_\-.+]+/g, ' ')
    .replace(/([a-zäöüß])([A-ZÄÖÜ][a-zäöüß])/g, '$1 $2')
    .replace(/\s+/g, ' ')
    .trim()
  const named = plain
    .split(' ')
    .map((word) => (KEEP_UPPER.test(word) ? word.toUpperCase() : word))
    .join(' ')
  return named === '' ? 'Neuer Datensatz' : named[0]?.toUpperCase() + named.slice(1)
}
