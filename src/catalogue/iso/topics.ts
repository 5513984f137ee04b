import { attribute, elements, type Element } from '../formats/element.ts'
import type { DatasetRecord } from '../model.ts'
import { codeOf, textsOf, wordOf, type Languages } from './words.ts'

/** EU themes of the topic categories of ISO 19115. */
const topics: Record<string, string[]> = {
  farming: ['AGRI'],
  biota: ['ENVI'],
  boundaries: ['REGI', 'GOVE'],
  climatologymeteorologyatmosphere: ['ENVI'],
  disaster: ['JUST'],
  economy: ['ECON'],
  elevation: ['REGI'],
  environment: ['ENVI'],
  extraterrestrial: ['TECH'],
  geoscientificinformation: ['ENVI', 'TECH'],
  health: ['HEAL'],
  imagerybasemapsearthcover: ['REGI'],
  inlandwaters: ['ENVI'],
  intelligencemilitary: ['GOVE'],
  location: ['REGI'],
  oceans: ['ENVI'],
  planningcadastre: ['REGI', 'GOVE'],
  society: ['SOCI'],
  structure: ['REGI'],
  transportation: ['TRAN'],
  utilitiescommunication: ['ENER', 'TECH'],
}

/** EU themes of the INSPIRE themes, by the code of the INSPIRE register and by their German and English names. */
const inspire: [themes: string[], ...names: string[]][] = [
  [['REGI'], 'ad', 'adressen', 'addresses', 'au', 'verwaltungseinheiten', 'administrative units'],
  [
    ['REGI'],
    'cp',
    'flurstücke/grundstücke (katasterparzellen)',
    'flurstücke/grundstücke',
    'cadastral parcels',
  ],
  [
    ['REGI'],
    'bu',
    'gebäude',
    'buildings',
    'el',
    'höhe',
    'elevation',
    'gn',
    'geografische bezeichnungen',
    'geographical names',
  ],
  [
    ['REGI'],
    'oi',
    'orthofotografie',
    'orthoimagery',
    'lc',
    'bodenbedeckung',
    'land cover',
    'lu',
    'bodennutzung',
    'land use',
  ],
  [['TRAN'], 'tn', 'verkehrsnetze', 'transport networks'],
  [
    ['ENVI'],
    'hy',
    'gewässernetz',
    'hydrography',
    'ps',
    'schutzgebiete',
    'protected sites',
    'so',
    'boden',
    'soil',
    'ge',
    'geologie',
    'geology',
  ],
  [
    ['ENVI'],
    'br',
    'biogeografische regionen',
    'bio-geographical regions',
    'hb',
    'lebensräume und biotope',
    'habitats and biotopes',
    'sd',
    'verteilung der arten',
    'species distribution',
  ],
  [
    ['ENVI'],
    'ef',
    'umweltüberwachung',
    'environmental monitoring facilities',
    'ac',
    'mf',
    'of',
    'sr',
    'atmosphärische bedingungen',
    'atmospheric conditions',
  ],
  [
    ['ENVI'],
    'am',
    'bewirtschaftungsgebiete/schutzgebiete/geregelte gebiete und berichterstattungseinheiten',
    'nz',
    'gebiete mit naturbedingten risiken',
    'natural risk zones',
  ],
  [
    ['SOCI'],
    'pd',
    'verteilung der bevölkerung — demografie',
    'population distribution — demography',
    'su',
    'statistische einheiten',
    'statistical units',
  ],
  [['HEAL'], 'hh', 'gesundheit und sicherheit', 'human health and safety'],
  [
    ['GOVE'],
    'us',
    'versorgungswirtschaft und staatliche dienste',
    'utility and governmental services',
    'utility and government services',
  ],
  [
    ['ECON'],
    'pf',
    'produktions- und industrieanlagen',
    'production and industrial facilities',
    'mr',
    'mineralische bodenschätze',
    'mineral resources',
  ],
  [
    ['AGRI'],
    'af',
    'landwirtschaftliche anlagen und aquakulturanlagen',
    'agricultural and aquaculture facilities',
  ],
  [['ENER'], 'er', 'energiequellen', 'energy resources'],
]
const themesOfInspire = new Map(
  inspire.flatMap(([themes, ...names]) => names.map((name) => [name, themes] as const)),
)

/** More keywords than any real record needs. */
const MAX_KEYWORDS = 500

/** What a record is about. `cut`: how many keywords were left out. */
export type Topics = Pick<DatasetRecord, 'keywords' | 'themes' | 'hvdCategories' | 'references'> & {
  cut: number
}

/** Keywords in all languages, EU themes by topic category, INSPIRE theme or EU address, categories of high-value data. */
export function topicsOf(identification: Element, languages: Languages): Topics {
  const keywords = new Map<string, { text: string; lang: string }>()
  const themes = new Set(
    elements(identification, 'topicCategory').flatMap((each) => topics[codeOf(each).toLowerCase()] ?? []),
  )
  const links: string[] = []
  let total = 0
  for (const group of elements(identification, 'descriptiveKeywords/MD_Keywords')) {
    const thesaurus = wordOf(elements(group, 'thesaurusName/CI_Citation/title')[0] ?? null).toLowerCase()
    for (const keyword of elements(group, 'keyword')) {
      const href = attribute(keyword.children[0] ?? keyword, 'href')
      if (href !== '') links.push(href)
      for (const code of themesOfKeyword(thesaurus, wordOf(keyword), href)) themes.add(code)
      for (const [lang, text] of Object.entries(textsOf(keyword, languages))) {
        total += 1
        if (keywords.size < MAX_KEYWORDS) keywords.set(`${lang} ${text}`, { text, lang })
      }
    }
  }
  return {
    keywords: [...keywords.values()],
    themes: [...themes],
    hvdCategories: [...new Set(links.filter((link) => link.startsWith('http://data.europa.eu/bna/')))],
    references: [...new Set(links.filter((link) => link.startsWith('https://musterdatenkatalog.de/def/')))],
    cut: Math.max(0, total - MAX_KEYWORDS),
  }
}

function themesOfKeyword(thesaurus: string, word: string, href: string): string[] {
  const eu = /authority\/data-theme\/([A-Z]{4})$/.exec(href)?.[1]
  if (eu) return [eu]
  const code = /inspire\.ec\.europa\.eu\/theme\/([a-z]{2})$/.exec(href)?.[1]
  if (code) return themesOfInspire.get(code) ?? []
  return thesaurus.includes('inspire')
    ? (themesOfInspire.get(word.toLowerCase().replaceAll(' - ', ' — ')) ?? [])
    : []
}
