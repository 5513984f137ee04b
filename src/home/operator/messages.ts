import { defineMessages } from '../../platform/i18n.ts'

/** Words about the hub's own copies. */
export const messages = defineMessages({
  de: {
    backup: (p: { when: string; size: string }) => `Letzte geprüfte Sicherung: ${p.when}, ${p.size}.`,
    none: 'Noch keine Sicherung.',
    how: 'Jede Nacht und vor jeder Aktualisierung entsteht eine, die zur Probe geöffnet wird; die letzten sieben bleiben. Legen Sie Kopien davon an einen anderen Ort.',
  },
  en: {
    backup: (p: { when: string; size: string }) => `Last checked backup: ${p.when}, ${p.size}.`,
    none: 'No backup yet.',
    how: 'One is made each night and before each update and opened to check it; the last seven stay. Keep copies of them in another place.',
  },
})
