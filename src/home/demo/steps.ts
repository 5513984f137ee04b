import type { Step } from './stage.ts'
import { agreementSteps } from './story-agreements.ts'
import { answerSteps } from './story-answer.ts'
import { dataSteps } from './story-data.ts'
import { mapSteps } from './story-maps.ts'
import { questionSteps } from './story-questions.ts'
import { sandboxSteps } from './story-sandbox.ts'
import { startSteps } from './story-start.ts'

const written: readonly Step[] = [
  ...startSteps,
  ...dataSteps,
  ...questionSteps,
  ...mapSteps,
  ...agreementSteps,
  ...sandboxSteps,
  ...answerSteps,
]

/** The whole story in the order of its dates; steps of the same moment keep the order written here. */
export const allSteps: readonly Step[] = written.toSorted((a, b) => a.at.localeCompare(b.at))
