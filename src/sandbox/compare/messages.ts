import { defineMessages } from '../../platform/i18n.ts'

/** Texts of two results side by side. */
export const messages = defineMessages({
  de: {
    title: 'Zwei Ergebnisse nebeneinander',
    lead: 'Beide stammen aus diesem Raum und sind geschützt. Ziehen Sie keine Zahlen voneinander ab: Der Unterschied zweier geschützter Zahlen ist ungenauer als jede einzelne.',
    first: 'Links',
    second: 'Rechts',
    show: 'Nebeneinander zeigen',
    few: 'Dafür braucht es zwei beantwortete Abfragen.',
    back: 'Zum Arbeitsraum',
  },
  en: {
    title: 'Two results side by side',
    lead: 'Both come from this workspace and are protected. Do not subtract figures: the difference of two protected figures is less exact than each of them.',
    first: 'Left',
    second: 'Right',
    show: 'Show side by side',
    few: 'This takes two answered questions.',
    back: 'To the workspace',
  },
})
