import { counted, defineMessages } from '../../platform/i18n.ts'

/** Texts of the atlas. */
export const messages = defineMessages({
  de: {
    title: 'Atlas der Daten',
    lead: 'Wo die Daten liegen, die Sie sehen dürfen. Ein Kreis führt in seinen Ausschnitt; daneben stehen die Einträge dazu.',
    map: 'Karte',
    mapSays: (p: { n: string; wide: string }) =>
      `Einträge in diesem Ausschnitt: ${p.n}, über ihn hinaus: ${p.wide}.`,
    circle: (p: { n: string; one: boolean; where: string }) =>
      `${p.one ? 'Ein Eintrag' : `${p.n} Einträge`} um ${p.where}: Ausschnitt öffnen`,
    spot: (p: { n: string; one: boolean }) =>
      `${p.one ? 'Ein Eintrag' : `${p.n} Einträge`} in diesem Teil der Karte: darauf eingrenzen`,
    outlines: 'Umrisse aus:',
    wide: (p: { n: string; one: boolean }) =>
      p.one ? 'Ein Eintrag gilt für ein größeres Gebiet.' : `${p.n} Einträge gelten für ein größeres Gebiet.`,
    nowhere: (p: { n: string; one: boolean }) =>
      p.one
        ? 'Ein Eintrag nennt keinen Ort auf der Karte.'
        : `${p.n} Einträge nennen keinen Ort auf der Karte.`,
    noneHere: 'In diesem Ausschnitt liegt kein Eintrag.',
    move: 'Ausschnitt ändern',
    out: 'Weiter weg',
    north: 'Nach Norden',
    south: 'Nach Süden',
    west: 'Nach Westen',
    east: 'Nach Osten',
    whole: 'Alles zeigen',
    fields: 'Ausschnitt als Zahlen',
    sides: { west: 'Westen', south: 'Süden', east: 'Osten', north: 'Norden' },
    degrees: 'in Grad, zum Beispiel 11.2',
    apply: 'Ausschnitt zeigen',
    wrong: 'Der Ausschnitt war nicht lesbar. Gezeigt wird alles.',
    circles: 'Kreise als Liste',
    entries: 'Einträge im Ausschnitt',
    entriesAll: 'Einträge',
    toList: 'Als Liste mit Filtern zeigen',
    search: 'Suchen',
    where: 'Wo',
    n: 'Einträge',
    live: 'Karte zum Bewegen',
    notYet:
      'Die Karte wird gerade vorbereitet. Laden Sie die Seite in einer Minute neu; die Liste geht schon.',
    cluster: (p: { n: string }) => counted(p.n, 'Eintrag', 'Einträge'),
  },
  en: {
    title: 'Atlas of the data',
    lead: 'Where the data lie that you may see. A circle leads into its extent; the entries stand beside it.',
    map: 'Map',
    mapSays: (p: { n: string; wide: string }) =>
      `Entries in this extent: ${p.n}, reaching beyond it: ${p.wide}.`,
    circle: (p: { n: string; one: boolean; where: string }) =>
      `${p.one ? 'One entry' : `${p.n} entries`} around ${p.where}: open extent`,
    spot: (p: { n: string; one: boolean }) =>
      `${p.one ? 'One entry' : `${p.n} entries`} in this part of the map: narrow down to it`,
    outlines: 'Outlines from:',
    wide: (p: { n: string; one: boolean }) =>
      p.one ? 'One entry is about a larger area.' : `${p.n} entries are about a larger area.`,
    nowhere: (p: { n: string; one: boolean }) =>
      p.one ? 'One entry names no place on the map.' : `${p.n} entries name no place on the map.`,
    noneHere: 'No entry lies in this extent.',
    move: 'Change the extent',
    out: 'Further out',
    north: 'North',
    south: 'South',
    west: 'West',
    east: 'East',
    whole: 'Show all',
    fields: 'Extent in figures',
    sides: { west: 'West', south: 'South', east: 'East', north: 'North' },
    degrees: 'in degrees, for example 11.2',
    apply: 'Show extent',
    wrong: 'The extent could not be read. All is shown.',
    circles: 'Circles as a list',
    entries: 'Entries in the extent',
    entriesAll: 'Entries',
    toList: 'Show as a list with filters',
    search: 'Search',
    where: 'Where',
    n: 'Entries',
    live: 'Map to move',
    notYet: 'The map is being prepared. Load the page again in a minute; the list works already.',
    cluster: (p: { n: string }) => counted(p.n, 'entry', 'entries'),
  },
})
