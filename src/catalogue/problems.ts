import { defineProblems } from '../platform/problem.ts'

// Some of the title's words are enough: whoever comes by an old address looks for something like it.
const searchFor = (title: string) =>
  `/catalogue?${new URLSearchParams({ q: title.slice(0, 120), match: 'some' }).toString()}`

function moment(at: Date, locale: 'de-DE' | 'en-GB'): string {
  const form = { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Berlin' } as const
  return new Intl.DateTimeFormat(locale, form).format(at)
}

/** What the catalogue refuses, and what works instead. */
export const problems = defineProblems('catalogue', {
  notFound: () => ({
    status: 404,
    de: {
      title: 'Diesen Eintrag gibt es hier nicht',
      detail: 'Die Adresse stimmt nicht, oder der Halter zeigt den Eintrag nur im eigenen Haus.',
      next: { label: 'Daten suchen', href: '/catalogue' },
    },
    en: {
      title: 'There is no such entry here',
      detail: 'The address is wrong, or the holder shows the entry only in its own house.',
      next: { label: 'Search data', href: '/catalogue' },
    },
  }),
  removed: (p: {
    title: string
    identifier: string | null
    again: string | null
    de: { gone: string; removed: string }
    en: { gone: string; removed: string }
  }) => ({
    status: 410,
    de: {
      title: `„${p.title}“ gibt es hier nicht mehr`,
      detail: `Der Datensatz${p.identifier ? ` (Kennung ${p.identifier})` : ''} fehlt seit ${p.de.gone} an seiner Quelle. Am ${p.de.removed} wurde er aus dem Katalog entfernt.`,
      next: p.again
        ? { label: 'Er ist wieder verzeichnet', href: `/catalogue/datasets/${p.again}` }
        : { label: 'Ähnliche Daten suchen', href: searchFor(p.title) },
    },
    en: {
      title: `“${p.title}” is no longer here`,
      detail: `The dataset${p.identifier ? ` (identifier ${p.identifier})` : ''} has been missing at its source since ${p.en.gone}. It was removed from the catalogue on ${p.en.removed}.`,
      next: p.again
        ? { label: 'It is listed again', href: `/catalogue/datasets/${p.again}` }
        : { label: 'Search similar data', href: searchFor(p.title) },
    },
  }),
  feedQuery: (p: { name: string; why: { de: string; en: string } }) => ({
    status: 400,
    de: {
      title: 'Diese Abfrage lässt sich nicht lesen',
      detail: `„${p.name}“: ${p.why.de}.`,
      next: { label: 'Adressen und Angaben', href: '/catalogue/feed' },
    },
    en: {
      title: 'This query can not be read',
      detail: `“${p.name}”: ${p.why.en}.`,
      next: { label: 'Addresses and parameters', href: '/catalogue/feed' },
    },
  }),
  notGone: () => ({
    status: 409,
    de: {
      title: 'An diesem Eintrag ist nichts zu entscheiden',
      detail:
        'Er ist wieder an seiner Quelle, schon entfernt, endgültig gelöscht oder nie von einer Quelle gekommen.',
      next: { label: 'Verschwundene Einträge', href: '/catalogue/gone' },
    },
    en: {
      title: 'There is nothing to decide about this entry',
      detail: 'It is back at its source, already removed, deleted for good, or never came from a source.',
      next: { label: 'Entries gone at their source', href: '/catalogue/gone' },
    },
  }),
  noCampaign: () => ({
    status: 404,
    de: {
      title: 'Diese Kampagne gibt es nicht',
      detail: 'Die Adresse stimmt nicht, oder Ihr Haus gehört nicht zu dieser Kampagne.',
      next: { label: 'Alle Kampagnen', href: '/catalogue/campaigns' },
    },
    en: {
      title: 'There is no such campaign',
      detail: 'The address is wrong, or your house is not part of this campaign.',
      next: { label: 'All campaigns', href: '/catalogue/campaigns' },
    },
  }),
  campaignEnded: (p: { id: string }) => ({
    status: 409,
    de: {
      title: 'Die Kampagne ist schon beendet',
      detail: 'Ihr Stand bleibt sichtbar, geändert wird er nicht mehr. Einträge können Sie weiter pflegen.',
      next: { label: 'Zur Kampagne', href: `/catalogue/campaigns/${p.id}` },
    },
    en: {
      title: 'The campaign has already ended',
      detail: 'Its progress stays visible and does not change any more. You can go on caring for entries.',
      next: { label: 'To the campaign', href: `/catalogue/campaigns/${p.id}` },
    },
  }),
  changedMeanwhile: (p: { id: string }) => ({
    status: 409,
    de: {
      title: 'Jemand war schneller',
      detail:
        'Der Eintrag wurde geändert, seit Sie ihn geöffnet haben. Ihre Änderung ist nicht gespeichert. Laden Sie den Eintrag neu und tragen Sie sie noch einmal ein.',
      next: { label: 'Eintrag neu laden', href: `/catalogue/datasets/${p.id}/edit` },
    },
    en: {
      title: 'Somebody was faster',
      detail:
        'The entry was changed since you opened it. Your change is not saved. Load the entry again and enter it once more.',
      next: { label: 'Load the entry again', href: `/catalogue/datasets/${p.id}/edit` },
    },
  }),
  fromSource: (p: { id: string }) => ({
    status: 409,
    de: {
      title: 'Dieser Eintrag wird an seiner Quelle gepflegt',
      detail: 'Er kommt aus einem anderen Katalog. Änderungen dort erscheinen hier mit dem nächsten Abruf.',
      next: { label: 'Zum Eintrag', href: `/catalogue/datasets/${p.id}` },
    },
    en: {
      title: 'This entry is kept at its source',
      detail: 'It comes from another catalogue. Changes made there appear here with the next fetch.',
      next: { label: 'Go to the entry', href: `/catalogue/datasets/${p.id}` },
    },
  }),
  unreadable: (p: { name: string; why: { de: string; en: string } }) => ({
    status: 422,
    de: {
      title: 'Diese Datei konnten wir nicht lesen',
      detail: `„${p.name}“: ${p.why.de} Es wurde nichts gespeichert.`,
      next: { label: 'Von Hand beschreiben', href: '/catalogue/new' },
    },
    en: {
      title: 'We could not read this file',
      detail: `“${p.name}”: ${p.why.en} Nothing was stored.`,
      next: { label: 'Describe it by hand', href: '/catalogue/new' },
    },
  }),
  proposalDecided: (p: { id: string }) => ({
    status: 409,
    de: {
      title: 'Über diesen Vorschlag ist schon entschieden',
      detail: 'Die Entscheidung steht beim Eintrag.',
      next: { label: 'Zum Eintrag', href: `/catalogue/datasets/${p.id}` },
    },
    en: {
      title: 'This proposal has been decided already',
      detail: 'The decision is shown with the entry.',
      next: { label: 'Go to the entry', href: `/catalogue/datasets/${p.id}` },
    },
  }),
  nothingToImport: () => ({
    status: 422,
    de: {
      title: 'Keine Zeile lässt sich übernehmen',
      detail:
        'In der Liste ist keine Zeile mit einem Titel. Die Vorlage zeigt, welche Spalten gebraucht werden.',
      next: { label: 'Zur Vorlage', href: '/catalogue/inventory' },
    },
    en: {
      title: 'No row can be taken over',
      detail: 'The list has no row with a title. The template shows which columns are needed.',
      next: { label: 'Go to the template', href: '/catalogue/inventory' },
    },
  }),
  runInProgress: (p: { runId: string }) => ({
    status: 409,
    de: {
      title: 'Ein Abruf dieser Quelle läuft schon',
      detail: 'Zwei Abrufe zugleich kämen sich in die Quere. Sehen Sie dem laufenden zu.',
      next: { label: 'Zum laufenden Abruf', href: `/catalogue/runs/${p.runId}` },
    },
    en: {
      title: 'A run of this source is under way',
      detail: 'Two at once would get in each other’s way. Watch the one that is running.',
      next: { label: 'Go to the run', href: `/catalogue/runs/${p.runId}` },
    },
  }),
  sourceAnswers: (p: { host: string; status: number }) => ({
    status: 502,
    de: {
      title: 'Die Quelle antwortet nicht wie erwartet',
      detail: `${p.host} antwortete mit Status ${p.status}.`,
      next: { label: 'Zu den Quellen', href: '/catalogue/sources' },
    },
    en: {
      title: 'The source does not answer as expected',
      detail: `${p.host} answered with status ${p.status}.`,
      next: { label: 'Go to the sources', href: '/catalogue/sources' },
    },
  }),
  sourceWaits: (p: { host: string; until: Date }) => ({
    status: 503,
    de: {
      title: 'Die Quelle will in Ruhe gelassen werden',
      detail: `${p.host} bat darum, bis ${moment(p.until, 'de-DE')} nicht mehr gefragt zu werden.`,
      next: { label: 'Zu den Quellen', href: '/catalogue/sources' },
    },
    en: {
      title: 'The source wants to be left alone',
      detail: `${p.host} asked not to be asked again until ${moment(p.until, 'en-GB')}.`,
      next: { label: 'Go to the sources', href: '/catalogue/sources' },
    },
  }),
  sourceExists: () => ({
    status: 409,
    de: {
      title: 'Diese Quelle gibt es schon',
      detail: 'Die Adresse ist bereits eingetragen.',
      next: { label: 'Zu den Quellen', href: '/catalogue/sources' },
    },
    en: {
      title: 'This source exists already',
      detail: 'The address is already listed.',
      next: { label: 'Go to the sources', href: '/catalogue/sources' },
    },
  }),
  settledAlready: (p: { id: string }) => ({
    status: 409,
    de: {
      title: 'Darüber ist schon entschieden',
      detail: 'Jemand war schneller, oder die Quelle hat den Datensatz inzwischen richtig geliefert.',
      next: { label: 'Zum Datensatz', href: `/catalogue/quarantine/${p.id}` },
    },
    en: {
      title: 'This has been decided already',
      detail: 'Somebody was faster, or the source has delivered the dataset properly meanwhile.',
      next: { label: 'Go to the dataset', href: `/catalogue/quarantine/${p.id}` },
    },
  }),
  nothingWithheld: () => ({
    status: 409,
    de: {
      title: 'Es gibt nichts zu bestätigen',
      detail: 'Bei diesem Abruf wartet keine Entfernung auf eine Bestätigung.',
    },
    en: { title: 'There is nothing to confirm', detail: 'No removal of this run waits for a confirmation.' },
  }),
  notWaiting: (p: { id: string }) => ({
    status: 409,
    de: {
      title: 'Diese Anfrage wartet nicht mehr auf Sie',
      detail: 'Sie ist beantwortet, oder Ihre Rückfrage ist noch offen.',
      next: { label: 'Zur Anfrage', href: `/catalogue/requests/${p.id}` },
    },
    en: {
      title: 'This request does not wait for you any more',
      detail: 'It has been answered, or your question back is still open.',
      next: { label: 'Go to the request', href: `/catalogue/requests/${p.id}` },
    },
  }),
  alreadyAsked: (p: { id: string }) => ({
    status: 409,
    de: {
      title: 'Dieses Haus ist schon gefragt',
      detail: 'Zu diesem Bedarf gibt es bereits eine Anfrage an diese Organisation.',
      next: { label: 'Zur Anfrage', href: `/catalogue/requests/${p.id}` },
    },
    en: {
      title: 'This house has been asked already',
      detail: 'There is already a request to this organisation for this need.',
      next: { label: 'Go to the request', href: `/catalogue/requests/${p.id}` },
    },
  }),
  notMapped: () => ({
    status: 409,
    de: {
      title: 'Noch ist nicht jeder Bedarf geklärt',
      detail:
        'Jeder Bedarf braucht einen gefundenen Datensatz oder eine gestellte Anfrage. Offene Lücken stehen in der Liste.',
    },
    en: {
      title: 'Not every need is settled yet',
      detail: 'Every need must have a dataset found or a request made. Open gaps are shown in the list.',
    },
  }),
  tooManyNeeds: () => ({
    status: 422,
    de: {
      title: 'Das sind zu viele Bedarfe',
      detail: 'Höchstens 50 je Frage. Fassen Sie Ähnliches zusammen.',
    },
    en: { title: 'These are too many needs', detail: 'At most 50 per question. Put similar ones together.' },
  }),
  tooManySearches: (p: { most: number }) => ({
    status: 422,
    de: {
      title: 'Mehr Suchen lassen sich nicht merken',
      detail: `Höchstens ${p.most}. Entfernen Sie eine, die Sie nicht mehr brauchen.`,
      next: { label: 'Gemerkte Suchen', href: '/catalogue/saved' },
    },
    en: {
      title: 'No more searches can be saved',
      detail: `At most ${p.most}. Remove one you no longer need.`,
      next: { label: 'Saved searches', href: '/catalogue/saved' },
    },
  }),
})
