import { counted, defineMessages } from '../../platform/i18n.ts'

/** Texts of the numbered states of a table. */
export const messages = defineMessages({
  de: {
    title: 'Stände',
    lead: 'Der Raum rechnet immer mit genau einem Stand. Ein neuer wartet, bis Sie ihn annehmen.',
    number: (p: { n: string }) => `Stand ${p.n}`,
    states: {
      loading: 'wird gelesen',
      held: 'wartet auf Sie',
      pinned: 'in Gebrauch',
      retired: 'vernichtet',
      refused: 'nicht angenommen',
      failed: 'nicht gelesen',
    },
    taken: (p: { when: string; file: string }) => `${p.when}, ${p.file}`,
    pinnedOn: (p: { when: string }) => `In Gebrauch seit ${p.when}.`,
    retiredOn: (p: { when: string }) => `Der Schlüssel wurde am ${p.when} vernichtet.`,
    rows: (p: { n: string }) => counted(p.n, 'Zeile', 'Zeilen'),
    change: 'Unterschied zum Stand in Gebrauch',
    unit: 'Einheit',
    units: { person: 'Personen', household: 'Haushalte', company: 'Firmen', site: 'Standorte' },
    added: 'neu',
    removed: 'weg',
    changed: 'geändert',
    smallest: 'kleinste Gruppe',
    smallestHint:
      'Kleinste Gruppe: die wenigsten davon, die einen Wert einer Aufteilung gemeinsam haben. Ist sie klein, warten Sie besser, bis sich mehr geändert hat.',
    onlyYou: 'Diese Zahlen sehen nur Sie als Datenhalter.',
    refusedSame: 'Die Datei enthält dasselbe wie der Stand in Gebrauch.',
    refusedFew: (p: { least: string }) =>
      `Es unterscheiden sich zu wenige Einheiten: Wer vorher und nachher dasselbe fragt, könnte auf sie schließen. Nötig sind mindestens ${p.least} je Art der Änderung, oder keine. Von der Datei wurde nichts behalten.`,
    lookup: 'Eine Tabelle zum Nachschlagen; sie enthält keine geschützten Einheiten.',
    pin: 'Annehmen',
    pinQuestion:
      'Ab jetzt rechnet der Raum mit diesem Stand. Der frühere wird mit seinem Schlüssel vernichtet und lässt sich nicht zurückholen. Die Auswertenden bekommen eine Nachricht.',
    pinConfirm: 'Ja, diesen Stand verwenden',
    drop: 'Verwerfen',
    dropQuestion:
      'Der wartende Stand wird mit seinem Schlüssel vernichtet. Am Stand in Gebrauch ändert sich nichts.',
    dropConfirm: 'Ja, verwerfen',
    upload: 'Neuen Stand hochladen',
    uploadLead:
      'Dieselben Spalten, dieselben Kennungen, neue Zeilen. Die Rollen bleiben. Unterscheiden sich zu wenige Einheiten, wird der Stand nicht angenommen.',
    waits: 'Ein Stand wartet auf Ihre Entscheidung. Danach kann der nächste kommen.',
    file: 'Datei',
    send: 'Hochladen und vergleichen',
  },
  en: {
    title: 'Snapshots',
    lead: 'The workspace always computes with exactly one snapshot. A new one waits until you accept it.',
    number: (p: { n: string }) => `Snapshot ${p.n}`,
    states: {
      loading: 'being read',
      held: 'waiting for you',
      pinned: 'in use',
      retired: 'destroyed',
      refused: 'not accepted',
      failed: 'not read',
    },
    taken: (p: { when: string; file: string }) => `${p.when}, ${p.file}`,
    pinnedOn: (p: { when: string }) => `In use since ${p.when}.`,
    retiredOn: (p: { when: string }) => `The key was destroyed on ${p.when}.`,
    rows: (p: { n: string }) => counted(p.n, 'row', 'rows'),
    change: 'Difference to the snapshot in use',
    unit: 'Unit',
    units: { person: 'people', household: 'households', company: 'companies', site: 'sites' },
    added: 'new',
    removed: 'gone',
    changed: 'changed',
    smallest: 'smallest group',
    smallestHint:
      'Smallest group: the fewest of them that share one value of a dimension. If it is small, better wait until more has changed.',
    onlyYou: 'Only you as the holder see these numbers.',
    refusedSame: 'The file holds the same as the snapshot in use.',
    refusedFew: (p: { least: string }) =>
      `Too few units differ: whoever asks the same before and after could draw conclusions about them. At least ${p.least} per kind of change are needed, or none. Nothing of the file was kept.`,
    lookup: 'A table for looking things up; it holds no protected units.',
    pin: 'Accept',
    pinQuestion:
      'From now on the workspace computes with this snapshot. The earlier one is destroyed with its key and cannot be brought back. Those who analyse get a message.',
    pinConfirm: 'Yes, use this snapshot',
    drop: 'Discard',
    dropQuestion: 'The waiting snapshot is destroyed with its key. Nothing changes about the one in use.',
    dropConfirm: 'Yes, discard',
    upload: 'Upload a new snapshot',
    uploadLead:
      'The same columns, the same ids, new rows. The roles stay. If too few units differ, the snapshot is not accepted.',
    waits: 'A snapshot is waiting for your decision. After that the next one can come.',
    file: 'File',
    send: 'Upload and compare',
  },
})
