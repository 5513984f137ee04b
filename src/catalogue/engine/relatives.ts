import { fold } from './tokens.ts'

/** Words that mean the same in town data; a search for one finds the others too, with less weight. Base forms. */
const synonyms: readonly string[] = [
  'müll abfall kehricht',
  'kita kindertagesstätte kindergarten kindertageseinrichtung kinderkrippe',
  'fahrrad rad velo',
  'auto pkw kraftfahrzeug kfz personenkraftwagen',
  'einwohner bevölkerung bewohner bürger',
  'wahlbezirk stimmbezirk wahllokal',
  'spielplatz kinderspielplatz spielfläche',
  'ampel lichtsignalanlage lichtzeichenanlage',
  'öpnv nahverkehr personennahverkehr',
  'haltestelle busstation bahnhaltestelle',
  'luftbild orthophoto orthofoto dop',
  'haushalt etat haushaltsplan',
  'wc toilette sanitäranlage',
  'grünfläche grünanlage park parkanlage',
  'baustelle straßensperrung verkehrsbehinderung',
  'arzt ärztin',
  'klinik krankenhaus hospital klinikum',
  'bücherei bibliothek stadtbibliothek',
  'schwimmbad hallenbad freibad badeanstalt',
  'radweg fahrradweg radroute radverkehrsnetz radwegenetz',
  'höhenmodell dgm geländemodell',
  'stadtteil ortsteil stadtbezirk',
  'bebauungsplan bauleitplan bplan',
  'arbeitslos arbeitslosigkeit erwerbslos',
  'ausländer migrant migration',
  'senior seniorin rentner',
  'feinstaub luftqualität luftschadstoff stickstoffdioxid',
  'lärm lärmkartierung schall geräusch umgebungslärm',
  'denkmal baudenkmal kulturdenkmal denkmalliste',
  'unfall verkehrsunfall unfallstelle',
  'straftat kriminalität delikt',
  'hort ganztag nachmittagsbetreuung',
  'wlan hotspot freifunk',
  'ladesäule ladestation ladepunkt',
  'sitzung gremium ratsinformation',
  'wertstoff recycling wertstoffhof',
  'friedhof grab grabstätte',
  'hochwasser überschwemmung überflutung',
  'kläranlage abwasser',
  'wetter klima',
  'geschwindigkeit tempo',
  'parkplatz parkhaus stellplatz parkraum',
  'standesamt eheschließung',
  'geburt geborene',
  'sterbefall tod gestorbene',
]

/** Families of words about one matter: named as further searches, not searched unasked. */
const families: readonly string[] = [
  'hitze wärme temperatur stadtklima klima',
  'kinder kind minderjährige jugend familie',
  'schatten baum baumkataster grünfläche',
  'verkehr mobilität verkehrszählung kfz',
  'bus bahn nahverkehr haltestelle fahrplan',
  'wohnung wohnen miete mietspiegel',
  'strom energie gas fernwärme verbrauch',
  'wasser abwasser grundwasser trinkwasser',
  'finanzen haushalt steuer ausgabe',
  'schule schüler bildung einschulung',
  'gesundheit arzt krankenhaus untersuchung',
  'sensor messstation messnetz messwert',
  'wahl wahlergebnis stimmbezirk',
  'müll abfall entsorgung wertstoff',
  'luft luftqualität feinstaub immission',
  'lärm schall lärmkartierung',
  'einwohner bevölkerung melderegister',
  'unfall sicherheit verkehrsunfall',
  'parken parkplatz parkhaus',
]

function byWord(lists: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const list of lists) {
    const words = list.split(' ')
    for (const word of words) {
      const others = words.filter((other) => other !== word)
      found.set(word, [...new Set([...(found.get(word) ?? []), ...others])])
    }
  }
  return found
}

const same = byWord(synonyms)
const kin = byWord(families)

/** Words of the same meaning, in base form; none where no list knows the word. */
export function synonymsOf(base: string): readonly string[] {
  return same.get(base) ?? []
}

/** Words of the same matter, for a further search; also through the last or first part of a compound. */
export function relativesOf(base: string, parts: readonly string[]): readonly string[] {
  const family = [base, ...parts].map((word) => kin.get(word)).find((words) => words !== undefined)
  const own = new Set([base, ...parts].map(fold))
  return (family ?? []).filter((word) => !own.has(fold(word)))
}
