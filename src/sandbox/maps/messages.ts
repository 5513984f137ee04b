import { defineMessages } from '../../platform/i18n.ts'

/** Texts of outlines for maps. */
export const messages = defineMessages({
  de: {
    title: 'Karten für Ergebnisse',
    lead: 'Mit Umrissen von Stadtteilen oder Blöcken lassen sich Ergebnisse als Karte zeichnen. Die Umrisse sind öffentlich; geschützt bleiben die Zahlen.',
    none: 'Noch keine Umrisse.',
    name: 'Was zeigt die Karte?',
    nameHint: 'Zum Beispiel: Stadtteile.',
    file: 'Umrisse als GeoJSON',
    fileHint: (p: { limit: string }) =>
      `Flächen in Grad, bis ${p.limit}. Eine Eigenschaft muss heißen wie die Werte der Spalte, etwa der Name des Stadtteils.`,
    add: 'Umrisse hinzufügen',
    areas: (p: { n: string }) => (p.n === '1' ? '1 Fläche' : `${p.n} Flächen`),
    remove: 'Weglegen',
    removeQuestion: 'Ergebnisse werden dann ohne diese Umrisse gezeigt.',
    back: 'Zum Arbeitsraum',
  },
  en: {
    title: 'Maps for results',
    lead: 'With outlines of districts or blocks, results can be drawn as a map. The outlines are public; the figures stay protected.',
    none: 'No outlines yet.',
    name: 'What does the map show?',
    nameHint: 'For example: districts.',
    file: 'Outlines as GeoJSON',
    fileHint: (p: { limit: string }) =>
      `Areas in degrees, up to ${p.limit}. One property has to be called like the values of the column, such as the name of the district.`,
    add: 'Add outlines',
    areas: (p: { n: string }) => (p.n === '1' ? '1 area' : `${p.n} areas`),
    remove: 'Put away',
    removeQuestion: 'Results are then shown without these outlines.',
    back: 'To the workspace',
  },
})
