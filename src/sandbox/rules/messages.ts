import { defineMessages } from '../../platform/i18n.ts'

/** Texts of standing rules. */
export const messages = defineMessages({
  de: {
    title: 'Stehende Regeln für Freigaben',
    lead: 'Kleine Tabellen, an denen nichts zu beanstanden ist, können Sie ohne Einzelprüfung hinauslassen.',
    none: 'Es gilt keine Regel: Jede Tabelle wartet auf eine Entscheidung.',
    line: (p: { name: string; cells: string; when: string }) =>
      `${p.name}: alle Prüfungen grün und höchstens ${p.cells} Zahlen (seit ${p.when})`,
    set: 'Regel festlegen',
    setFor: (p: { name: string }) => `Regel für ${p.name}`,
    max: 'Höchstens so viele Zahlen',
    maxHint: 'Gezählt werden die gezeigten Zahlen der Tabelle. Die Regel steht im Register.',
    end: 'Regel aufheben',
    endQuestion: 'Ab jetzt wartet jede Tabelle wieder auf Ihre Entscheidung.',
  },
  en: {
    title: 'Standing rules for releases',
    lead: 'Small tables with nothing to object to can leave without looking at each.',
    none: 'No rule holds: each table waits for a decision.',
    line: (p: { name: string; cells: string; when: string }) =>
      `${p.name}: all checks green and at most ${p.cells} figures (since ${p.when})`,
    set: 'Set the rule',
    setFor: (p: { name: string }) => `Rule for ${p.name}`,
    max: 'At most so many figures',
    maxHint: 'The shown figures of the table are counted. The rule stands in the register.',
    end: 'Revoke the rule',
    endQuestion: 'From now on each table waits for your decision again.',
  },
})
