import { defineProblems } from '../../platform/problem.ts'

/** Refusals about the choice of differential privacy and its budgets. */
export const problems = defineProblems('sandbox', {
  privacyTooLate: (p: { workspaceId: string }) => ({
    status: 409,
    de: {
      title: 'In diesem Raum wurde schon gefragt',
      detail:
        'Die Schutzart lässt sich nur vor der ersten Abfrage wählen: Was schon beantwortet ist, läge sonst außerhalb der Grenze. Eine neue Vereinbarung öffnet einen neuen Raum.',
      next: { label: 'Zum Arbeitsraum', href: `/sandbox/workspaces/${p.workspaceId}` },
    },
    en: {
      title: 'Questions have been asked in this workspace',
      detail:
        'The kind of protection can only be chosen before the first question: what is answered already would lie outside the bound. A new agreement opens a new workspace.',
      next: { label: 'To the workspace', href: `/sandbox/workspaces/${p.workspaceId}` },
    },
  }),
  limitBelowSpent: (p: { organisationId: string }) => ({
    status: 409,
    de: {
      title: 'So viel ist schon verbraucht',
      detail: 'Verbrauchtes kommt nicht zurück. Die Grenze kann nicht darunter liegen.',
      next: { label: 'Zum Privatheitskonto', href: `/sandbox/privacy?holder=${p.organisationId}` },
    },
    en: {
      title: 'That much has been spent already',
      detail: 'What is spent does not come back. The limit cannot lie below it.',
      next: { label: 'To the privacy account', href: `/sandbox/privacy?holder=${p.organisationId}` },
    },
  }),
})
